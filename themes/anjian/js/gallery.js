// Published without comment lines and indentation.
// Facets of a gallery that combine: values of one facet add to each other, facets narrow each other. Without this file
// every value is a link to a page of its own. The cases come from the page that holds them all, fetched when first
// needed; which are chosen stands in the address: ?industry=gas&industry=water-supply&year=2026.
(() => {
  const gallery = document.querySelector(".gallery[data-shown=first]");
  if (!gallery) return;
  const words = gallery.dataset;
  const list = gallery.querySelector(".cards");
  const status = gallery.querySelector(".tally__count");
  const tally = gallery.querySelector(".tally");
  const pager = gallery.querySelector(".pager");
  const first = [...list.children];
  const told = status.textContent;
  const STEP = 60;

  // The facets with their values; each link gives way to a box to tick.
  const facets = new Map();
  for (const group of gallery.querySelectorAll("[data-facet]")) {
    const values = new Map();
    for (const link of group.querySelectorAll("[data-value]")) {
      const label = document.createElement("label");
      label.className = link.className;
      const box = document.createElement("input");
      box.type = "checkbox";
      box.name = group.dataset.facet;
      box.value = link.dataset.value;
      label.append(box, ...link.childNodes);
      link.replaceWith(label);
      values.set(box.value, { box, label, count: label.querySelector(".facets__count") });
    }
    facets.set(group.dataset.facet, values);
  }
  const clear = document.createElement("button");
  clear.type = "button";
  clear.className = "tally__chosen";
  clear.textContent = words.clear;
  clear.hidden = true;
  tally.append(clear);
  const more = document.createElement("button");
  more.type = "button";
  more.className = "button gallery__more";
  more.hidden = true;
  list.after(more);

  let cases = null;
  let limit = STEP;
  let round = 0;
  async function all() {
    if (cases) return cases;
    let cards = first;
    if (pager) {
      const answer = await fetch(words.all);
      if (!answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const base = new URL(words.all, location.href);
      cards = [...page.querySelectorAll(".gallery .card")].map((card) => {
        // Addresses are written from the page they came from.
        for (const link of card.querySelectorAll("[href]")) link.setAttribute("href", new URL(link.getAttribute("href"), base).href);
        for (const image of card.querySelectorAll("[src]")) image.setAttribute("src", new URL(image.getAttribute("src"), base).href);
        return document.adoptNode(card);
      });
    }
    cases = cards.map((card) => ({ card, has: new Set((card.dataset.facets ?? "").split(" ")) }));
    return cases;
  }

  const chosen = () => {
    const picked = new Map();
    for (const [key, values] of facets) {
      const ticked = [...values].filter(([, { box }]) => box.checked).map(([value]) => value);
      if (ticked.length) picked.set(key, ticked);
    }
    return picked;
  };
  /** Whether a case has one of the values of every facet that is chosen, but for one facet. */
  const meets = (one, picked, but) => [...picked].every(([key, values]) => key === but || values.some((value) => one.has.has(`${key}:${value}`)));

  async function show() {
    const picked = chosen();
    const own = ++round;
    clear.hidden = picked.size === 0;
    if (picked.size === 0) {
      list.replaceChildren(...first);
      if (pager) pager.hidden = false;
      more.hidden = true;
      status.textContent = told;
    }
    let every;
    try {
      if (picked.size) gallery.setAttribute("aria-busy", "true");
      every = picked.size || cases ? await all() : null;
    } catch {
      if (own === round) status.textContent = words.failed;
    }
    if (own !== round) return;
    gallery.removeAttribute("aria-busy");
    if (!every) return;
    for (const [key, values] of facets) {
      const others = every.filter((one) => meets(one, picked, key));
      for (const [value, { box, label, count }] of values) {
        const number = others.filter((one) => one.has.has(`${key}:${value}`)).length;
        count.textContent = number;
        box.disabled = number === 0 && !box.checked;
        label.classList.toggle("facets__option--none", box.disabled);
      }
    }
    if (picked.size === 0) return;
    const found = every.filter((one) => meets(one, picked));
    if (pager) pager.hidden = true;
    const rest = found.length - limit;
    if (found.length) list.replaceChildren(...found.slice(0, limit).map(({ card }) => card));
    else {
      const none = document.createElement("li");
      none.className = "cards__empty";
      none.textContent = words.none;
      list.replaceChildren(none);
    }
    more.hidden = rest <= 0;
    more.textContent = words.more.replace("{n}", Math.min(rest, STEP));
    status.textContent = words.found.replace("{n}", found.length);
  }

  /** Ticks what the address says. */
  function read() {
    const asked = new URLSearchParams(location.search);
    for (const [key, values] of facets) {
      const wanted = new Set(asked.getAll(key));
      for (const [value, { box }] of values) box.checked = wanted.has(value);
    }
    limit = STEP;
    return show();
  }
  function write() {
    const asked = new URLSearchParams();
    for (const [key, values] of chosen()) for (const value of values) asked.append(key, value);
    const text = asked.toString();
    history.pushState(null, "", text ? `?${text}` : location.pathname);
    limit = STEP;
    show();
  }
  gallery.addEventListener("change", write);
  clear.addEventListener("click", () => {
    for (const values of facets.values()) for (const { box } of values.values()) box.checked = false;
    write();
    facets.values().next().value.values().next().value.box.focus();
  });
  more.addEventListener("click", () => {
    const next = list.children.length;
    limit += STEP;
    show().then(() => list.children[next]?.querySelector("a")?.focus());
  });
  addEventListener("popstate", read);
  read();
})();
