// Published without comment lines and indentation.
// Loaded in <head> without defer, so the chosen mode is there before the first paint.
(() => {
  const root = document.documentElement;
  const key = "anjian-display";
  const read = () => { try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; } };
  const write = (value) => { try { localStorage.setItem(key, JSON.stringify(value)); } catch { /* private window */ } };
  const state = read();

  const isDark = () => state.theme ? state.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  const apply = () => {
    if (state.theme === "dark" || state.theme === "light") root.dataset.theme = state.theme; else delete root.dataset.theme;
    if (state.large === true) root.dataset.print = "large"; else delete root.dataset.print;
    for (const button of document.querySelectorAll("[data-display]")) {
      button.setAttribute("aria-pressed", String(button.dataset.display === "large" ? state.large === true : isDark()));
    }
  };

  // Where the site's worker keeps what is read. The page comes first.
  const { worker } = document.currentScript.dataset;
  if (worker) addEventListener("load", () => navigator.serviceWorker?.register(worker, { updateViaCache: "none" }).catch(() => {}));

  // Browsers do not ask the worker for what a link says to download; it knows what this means.
  if (worker) addEventListener("click", (event) => {
    const link = event.target.closest?.("a[download]");
    if (!link || navigator.onLine) return;
    event.preventDefault();
    location.assign(`${link.href}?as=${encodeURIComponent(link.download)}`);
  });

  root.classList.add("js");
  apply();
  document.addEventListener("DOMContentLoaded", () => {
    for (const group of document.querySelectorAll(".display[hidden]")) group.hidden = false;
    apply();
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-display]");
    if (!button) return;
    if (button.dataset.display === "large") state.large = state.large !== true;
    else state.theme = isDark() ? "light" : "dark";
    write(state);
    apply();
  });
  // Pages without this script show no such buttons.
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("button[data-print]");
    if (!button) return;
    if (button.dataset.print) root.dataset.printing = button.dataset.print;
    print();
  });
  addEventListener("afterprint", () => { delete root.dataset.printing; });
  addEventListener("storage", (event) => {
    if (event.key !== key) return;
    delete state.theme;
    delete state.large;
    Object.assign(state, read());
    apply();
  });
})();
