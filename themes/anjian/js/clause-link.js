// The number of a clause is a link to it. Following it also copies its whole address, where the browser permits that;
// where it does not, the link is only followed.
(() => {
  const status = document.querySelector(".copied");
  const numbers = "a:is(.clause-item__number, .rules-table__number, .vetoes__number, .patrol__number)";
  if (!status || !navigator.clipboard) return;
  for (const number of document.querySelectorAll(numbers)) number.title = status.dataset.hint;

  let fade = 0;
  const tell = () => {
    clearTimeout(fade);
    // Emptied first, so that a second copy is announced as well.
    status.textContent = "";
    requestAnimationFrame(() => { status.textContent = status.dataset.copied; });
    fade = setTimeout(() => { status.textContent = ""; }, 4000);
  };
  document.addEventListener("click", async (event) => {
    const number = event.target.closest?.(numbers);
    if (!number || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    try {
      await navigator.clipboard.writeText(number.href);
    } catch {
      return;
    }
    // Following a link to a place in the page takes the focus away from it.
    if (document.activeElement === document.body) number.focus({ preventScroll: true });
    tell();
  });
})();
