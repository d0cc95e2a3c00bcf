// Published without comment lines and indentation.
// `/` and Ctrl-K lead to the search box: that of the page, else that of the header, else the page that has one.
(() => {
  addEventListener("keydown", (event) => {
    const letter = event.key?.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
    const slash = event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey
      && !event.target.closest?.("textarea, select, input:not([type='checkbox'], [type='radio']), [contenteditable]");
    if (!letter && !slash || event.isComposing) return;
    const boxes = [...document.querySelectorAll("main .search-form__input, .header .search-form__input")];
    const box = boxes.reverse().find((one) => one.getClientRects().length > 0);
    const link = document.querySelector(".header__find");
    if (!box && !link) return;
    event.preventDefault();
    if (!box) return location.assign(link.href);
    box.focus();
    box.select();
  });
})();
