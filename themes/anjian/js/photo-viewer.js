// Published without comment lines and indentation.
// Photographs of a case one by one, as large as the window. Without this file a photograph is a link to its file.
// The dialog is the browser's own: Escape closes it, and the focus returns to the photograph it was opened from.
(() => {
  const links = [...document.querySelectorAll("a[data-photo]")];
  if (links.length === 0 || !window.HTMLDialogElement) return;
  const words = links[0].closest("[data-photo-close]").dataset;
  const make = (name, className, text) => {
    const element = document.createElement(name);
    element.className = className;
    if (text) element.textContent = text;
    return element;
  };
  const dialog = make("dialog", "viewer");
  dialog.setAttribute("aria-label", words.photoLabel);
  const figure = make("figure", "viewer__figure");
  const image = make("img", "viewer__image");
  const caption = make("figcaption", "viewer__caption");
  figure.append(image, caption);
  const bar = make("p", "viewer__bar");
  const place = make("span", "viewer__place");
  place.setAttribute("role", "status");
  const previous = make("button", "button viewer__button", words.photoPrevious);
  const next = make("button", "button viewer__button", words.photoNext);
  const close = make("button", "button viewer__button", words.photoClose);
  for (const button of [previous, next, close]) button.type = "button";
  bar.append(place, previous, next, close);
  dialog.append(figure, bar);
  document.body.append(dialog);
  previous.hidden = next.hidden = links.length < 2;

  let at = 0;
  const show = (number) => {
    at = (number + links.length) % links.length;
    const shown = links[at].querySelector("img");
    image.src = links[at].dataset.photoLarge || links[at].href;
    image.alt = shown.alt;
    for (const side of ["width", "height"]) {
      if (shown.hasAttribute(side)) image.setAttribute(side, shown.getAttribute(side)); else image.removeAttribute(side);
    }
    caption.textContent = links[at].dataset.photo;
    caption.hidden = !links[at].dataset.photo;
    place.textContent = `${at + 1} / ${links.length}`;
  };
  for (const [number, link] of links.entries()) {
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      show(number);
      dialog.showModal();
      close.focus();
    });
  }
  previous.addEventListener("click", () => show(at - 1));
  next.addEventListener("click", () => show(at + 1));
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "ArrowLeft") show(at - 1);
    if (event.key === "ArrowRight") show(at + 1);
  });
  dialog.addEventListener("close", () => links[at].focus());
})();
