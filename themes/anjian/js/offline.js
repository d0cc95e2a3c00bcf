// Published without comment lines and indentation.
// Industries that a reader keeps: buttons, progress, and the list of pages that were read. The worker does the work; this
// asks it and shows what it tells.
(() => {
  const box = document.querySelector("[data-pins]");
  if (!box) return;
  const words = box.dataset;
  const rows = new Map([...box.querySelectorAll("[data-pin]")].map((row) => [row.dataset.pin, {
    row, button: row.querySelector("button"), action: row.querySelector(".pin__action"), bar: row.querySelector("progress"), status: row.querySelector("[role=status]"),
  }]));
  const busy = new Set();
  const kept = new Set();
  const sizes = new Map();
  const readable = (bytes) => bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KB` : `${(bytes / 2 ** 20).toFixed(1)} MB`;
  const moment = (time) => new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long", timeStyle: "short", hourCycle: "h23" }).format(time);
  const put = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
  const plain = (html) => new DOMParser().parseFromString(html, "text/html").documentElement.textContent;
  const refuse = () => {
    for (const { button, status } of rows.values()) {
      button.hidden = true;
      status.textContent = words.unsupported;
    }
  };
  const container = navigator.serviceWorker;
  if (!container) return refuse();

  let ready;
  const send = async (message, ports = []) => {
    // Without a worker nothing would ever answer.
    ready ??= container.register(words.worker, { updateViaCache: "none" }).then(() => container.ready);
    (await ready).active.postMessage(message, ports);
  };
  const summary = () => new Promise((done, failed) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => done(data);
    send({ ask: true }, [port2]).catch(failed);
  });

  const show = (industry, text) => { rows.get(industry).status.textContent = text; };
  const begin = (industry, percent) => {
    const { button, bar } = rows.get(industry);
    busy.add(industry);
    button.hidden = true;
    bar.hidden = false;
    bar.value = percent;
  };
  const end = (industry) => {
    const { button, bar } = rows.get(industry);
    busy.delete(industry);
    button.hidden = false;
    bar.hidden = true;
  };

  async function draw() {
    const told = await summary();
    kept.clear();
    for (const { industry, bytes, kept: time } of told.pinned) {
      kept.add(industry);
      if (rows.has(industry) && !busy.has(industry)) show(industry, put(words.kept, { size: readable(bytes), date: moment(time) }));
    }
    for (const industry of told.busy) if (rows.has(industry) && !busy.has(industry)) begin(industry, 0);
    for (const [industry, { row, action }] of rows) {
      row.classList.toggle("pin--kept", kept.has(industry));
      action.textContent = kept.has(industry) ? words.remove : words.save;
    }
    drawPages(told.pages);
    showSizes();
    box.dataset.drawn = "";
  }

  function drawPages(pages) {
    const section = box.querySelector(".pins__read");
    if (!section) return;
    section.hidden = pages.length === 0;
    section.querySelector("ul").replaceChildren(...pages.map(({ url, title, kept: time }) => {
      const entry = document.createElement("li");
      entry.className = "entry";
      const link = document.createElement("a");
      link.className = "entry__link";
      link.href = url;
      link.textContent = plain(title);
      const meta = document.createElement("span");
      meta.className = "entry__meta";
      meta.textContent = moment(time);
      entry.append(link, meta);
      return entry;
    }));
  }

  // On an industry's own page nothing says how much there is to keep before this does.
  async function showSizes() {
    if (sizes.size || box.querySelector(".pins") || [...rows.keys()].every((industry) => kept.has(industry) || busy.has(industry))) return;
    const answer = await fetch(words.lists).catch(() => null);
    if (!answer?.ok) return;
    for (const { industry, bytes } of (await answer.json()).lists) {
      sizes.set(industry, bytes);
      if (rows.has(industry) && !kept.has(industry) && !busy.has(industry) && !rows.get(industry).status.textContent) show(industry, put(words.size, { size: readable(bytes) }));
    }
  }

  for (const [industry, { button }] of rows) {
    button.addEventListener("click", () => {
      if (kept.has(industry)) {
        show(industry, words.removed);
        return send({ unpin: industry });
      }
      if (!navigator.onLine) return show(industry, words.network);
      // Else the browser may drop it when room gets scarce.
      navigator.storage?.persist?.().catch(() => {});
      begin(industry, 0);
      show(industry, words.saving);
      send({ pin: industry }).catch(refuse);
    });
  }
  container.addEventListener("message", ({ data }) => {
    const { industry, percent, isDone, failed } = data;
    if (industry && !rows.has(industry)) return;
    if (percent !== undefined) {
      begin(industry, percent);
      if (rows.get(industry).status.textContent !== words.saving) show(industry, words.saving);
    }
    if (isDone || failed) end(industry);
    if (failed) show(industry, words[failed] ?? words.network);
    if (isDone || data.changed) draw();
  });
  // Asked again, the worker goes on where a browser stopped it.
  setInterval(() => { for (const industry of busy) send({ pin: industry }); }, 20_000);
  draw().catch(refuse);
})();
