// Reloads the page after a build and shows what the build reported. Reports go in as text nodes only.
(() => {
  // The query is the number of the build this page came from.
  const events = "/__anjian/events" + new URL(document.currentScript.src).search;
  const closed = "anjian-report-closed";
  const waiting = document.documentElement.classList.contains("anjian-waiting");
  let source;

  const element = (name, text) => {
    const made = document.createElement(name);
    made.textContent = text;
    return made;
  };

  const addStyles = () => {
    const href = "/__anjian/overlay.css";
    if (document.querySelector(`link[href="${href}"]`)) return;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    document.head.append(link);
  };

  const show = ({ report, failed, title, close }) => {
    document.querySelector(".anjian-report")?.remove();
    if (!report) sessionStorage.removeItem(closed);
    // A report that was closed stays closed on other pages until there is another.
    if (!report || waiting || sessionStorage.getItem(closed) === report) return;
    addStyles();
    const panel = document.createElement("aside");
    panel.className = "anjian-report";
    panel.setAttribute("role", failed ? "alert" : "status");
    const button = element("button", close);
    button.type = "button";
    button.addEventListener("click", () => {
      sessionStorage.setItem(closed, report);
      panel.remove();
    });
    const text = element("pre", report);
    text.tabIndex = 0;
    panel.append(element("strong", title), button, text);
    document.body.append(panel);
  };

  const listen = () => {
    if (source || document.hidden) return;
    source = new EventSource(events);
    source.addEventListener("reload", () => location.reload());
    source.addEventListener("report", (event) => show(JSON.parse(event.data)));
  };

  // Browsers keep six connections to a host: pages nobody sees must not hold them.
  const rest = () => {
    source?.close();
    source = undefined;
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
})();
