// Published without comment lines and indentation.
// <details data-fold="64rem" open>: always open from that width on, closed at first below it.
(() => {
  for (const fold of document.querySelectorAll("details[data-fold]")) {
    const wide = matchMedia(`(min-width: ${fold.dataset.fold})`);
    const set = () => { fold.open = wide.matches; };
    set();
    wide.addEventListener("change", set);
    fold.dataset.ready = "";
    const summary = fold.querySelector("summary");
    const sync = () => { if (wide.matches) summary.tabIndex = -1; else summary.removeAttribute("tabindex"); };
    sync();
    wide.addEventListener("change", sync);
    fold.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || wide.matches || !fold.open) return;
      fold.open = false;
      summary.focus();
    });
    fold.addEventListener("click", (event) => {
      if (!wide.matches && event.target.closest("a")) fold.open = false;
    });
  }

  const links = new Map();
  for (const link of document.querySelectorAll(".toc__link[href^='#']")) {
    const target = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (target) links.set(target, link);
  }
  if (links.size === 0) return;
  let pending = false;
  const mark = () => {
    pending = false;
    let current = links.keys().next().value;
    for (const target of links.keys()) if (target.getBoundingClientRect().top < innerHeight / 3) current = target;
    for (const [target, link] of links) {
      if (target === current) link.setAttribute("aria-current", "true"); else link.removeAttribute("aria-current");
    }
  };
  addEventListener("scroll", () => { if (!pending) { pending = true; requestAnimationFrame(mark); } }, { passive: true });
  // Asked any sooner, the browser would have to lay out the page for this alone.
  addEventListener("load", mark, { once: true });
})();
