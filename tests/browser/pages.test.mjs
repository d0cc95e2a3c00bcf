// Pages of every kind in Chromium: can all read and use them, and does a strict host find nothing to refuse?
import assert from "node:assert/strict";
import { mkdirSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { PICTURES, SETTLED, SITE, meet, site, visit } from "./reader.mjs";

meet();

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const size = (path) => statSync(join(SITE, path, "index.html")).size;
const fullest = (paths) => paths.toSorted((left, right) => size(right) - size(left) || (left < right ? -1 : 1))[0];
const middling = (paths) => paths.toSorted((left, right) => size(left) - size(right) || (left < right ? -1 : 1))[paths.length >> 1];
const below = (folder) => readdirSync(join(SITE, folder), { withFileTypes: true })
  .filter((one) => one.isDirectory() && one.name !== "page").map(({ name }) => `${folder}${name}/`);

/** Pages of every kind, as paths: of each kind of document the one with the most on it. */
function pagesOfEveryKind() {
  const kinds = new Map();
  for (const { kind, url } of JSON.parse(readFileSync(join(SITE, "catalogue.json"), "utf8"))) {
    const path = decodeURIComponent(new URL(url).pathname.slice(1));
    kinds.set(kind, [...kinds.get(kind) ?? [], path]);
  }
  for (const kind of ["industry", "checklist", "guide", "rules", "patrol", "benchmark-case", "enforcement-case", "form", "letter", "register", "policy", "page"]) {
    assert.ok(kinds.has(kind), kind);
  }
  const fixed = [
    "", "industries/", "cases/enforcement/", "templates/registers/", "keywords/", "references/", "glossary/", "timeline/", "sitemap/",
    "specifications/", "industries/gas/checklist/changes/", "search/?q=燃气", "downloads/", "offline/", "404.html",
    "cases/enforcement/sample-ended-record/",
  ];
  // Of the many pages of laws, keywords and files one of middling size will do: all are made alike.
  const chosen = [fullest(below("methods/")), ...["keywords/", "references/", "downloads/purpose/"].map((folder) => middling(below(folder)))];
  return [...new Set([...fixed, ...chosen, ...[...kinds].filter(([kind]) => kind !== "page").map(([, paths]) => fullest(paths))])];
}
const PAGES = pagesOfEveryKind();
const STILL = { reducedMotion: "reduce" };

/** The next looks are at large print, or at the normal edition again. How a reader chooses is tried at the end. */
const print = (page, name) => page.evaluate((name) => { document.documentElement.dataset.print = name; }, name);

async function go(page, path) {
  await page.goto(`${site.origin}/${path}`);
  if (path.startsWith("search/?")) await page.waitForSelector(SETTLED, { state: "attached" });
}

/** Lets `look` see all pages, two at a time: it gives what is wrong with one, and this each fault with its path. */
async function across(options, look, pages = PAGES) {
  const wrong = [];
  await visit(async (first, context) => {
    const left = pages.slice();
    const work = async (page) => {
      for (let path; (path = left.shift()) !== undefined;) {
        await go(page, path);
        for (const one of await look(page, path)) wrong.push([path, one]);
      }
    };
    await Promise.all([work(first), work(await context.newPage())]);
  }, { ...STILL, ...options });
  return wrong;
}

/** Fails with what is wrong, each thing once with the pages that have it. */
function assertNothing(wrong, where = "") {
  const pages = new Map();
  for (const [path, what] of wrong) pages.set(what, [...pages.get(what) ?? [], `/${path}`]);
  const rows = [...pages].map(([what, paths]) => `${what} on ${paths[0]}${paths.length > 1 ? ` and ${paths.length - 1} more` : ""}`);
  assert.equal(rows.length, 0, `${where}\n${rows.join("\n")}`);
}

// ---- axe

/** What axe finds: each rule, what is wrong, and where it is first. */
const breaches = (page, rules = {}) => page.evaluate(async ([tags, rules]) => {
  const { violations } = await axe.run(document, { runOnly: tags, rules, resultTypes: ["violations"], preload: false });
  return violations.map(({ id, help, nodes }) => `${id} (${help}), ${nodes.length} times, at ${nodes[0].target.join(" ")}: ${nodes[0].any[0]?.message ?? ""}`);
}, [TAGS, rules]);

for (const width of [360, 1280]) {
  test(`axe finds nothing in light, dark and large print, at ${width} pixels`, async () => {
    assertNothing(await across({ viewport: { width, height: 800 } }, async (page) => {
      await page.evaluate(AXE);
      const wrong = (await breaches(page)).map((one) => `light: ${one}`);
      // Dark moves nothing, and what is large enough stays so.
      await page.emulateMedia({ colorScheme: "dark" });
      wrong.push(...(await breaches(page, { "target-size": { enabled: false } })).map((one) => `dark: ${one}`));
      await page.emulateMedia({ colorScheme: "light" });
      await print(page, "large");
      wrong.push(...(await breaches(page)).map((one) => `large print: ${one}`));
      return wrong;
    }));
  });
}

// ---- A strict host.

test("a strict policy refuses nothing that pages do, and no other host is asked", async () => {
  // `visit` fails by what it notes, here as in every test of this file.
  await visit(async (page) => {
    await page.goto(site.origin);
    const option = page.locator(".chooser__option").nth(1);
    await option.click();
    const href = await option.locator("input").getAttribute("data-href");
    await page.click(".chooser button");
    await page.waitForURL((url) => url.pathname === new URL(href, `${site.origin}/`).pathname && url.hash.startsWith("#path-"));
    await page.click(".toc__link >> nth=1");
    await page.fill("#header-query", "燃气");
    await page.keyboard.press("Enter");
    await page.waitForSelector(SETTLED);
    assert.ok(await page.locator(".hit").count() > 0);
    await page.goto(`${site.origin}/no-such-page/`);
    assert.equal(await page.textContent(".empty__code"), "404");
    await page.click(".empty__section >> nth=0");
    await page.waitForSelector("main h1");
  }, { let_pass: /status of 404/, ...STILL });
});

test("the policy is in force: it refuses an inline script, an inline style and another host", async () => {
  const refused = [];
  await visit(async (page) => {
    page.on("console", (message) => { if (message.text().startsWith("policy: ")) refused.push(message.text().split(" ")[1]); });
    await page.goto(site.origin);
    await page.evaluate(async () => {
      const told = new Promise((done) => { let count = 0; addEventListener("securitypolicyviolation", () => { if (++count === 3) done(); }); });
      const add = (name, fill) => document.body.append(Object.assign(document.createElement(name), fill));
      add("script", { textContent: "document.title = 'ran'" });
      add("style", { textContent: "body { color: red }" });
      add("img", { src: "https://elsewhere.example/x.png" });
      await told;
    });
    assert.notEqual(await page.title(), "ran");
  }, { let_pass: /policy|Content Security Policy|elsewhere\.example/i });
  assert.deepEqual(refused.toSorted(), ["img-src", "script-src-elem", "style-src-elem"]);
});

// ---- The keyboard.

/** What is wrong with the focus as it is seen, or nothing. */
const focusFault = (page) => page.evaluate(() => {
  const one = document.activeElement;
  if (!one || one === document.body || one === document.documentElement) return "";
  const name = `${one.tagName.toLowerCase()}.${one.className} “${one.textContent.trim().slice(0, 20)}”`;
  // The radio buttons of the chooser fill their labels, which show the focus.
  const shown = one.closest(".chooser__option") ?? one;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(shown);
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 2 || / 0\)$/.test(outlineColor)) return `${name} shows no focus`;
  const seen = [...shown.getClientRects()].some((box) => {
    const left = Math.max(box.left, 0), right = Math.min(box.right, innerWidth), top = Math.max(box.top, 0), bottom = Math.min(box.bottom, innerHeight);
    if (right - left < 1 || bottom - top < 1) return false;
    const found = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return found && (shown.contains(found) || found.contains(shown));
  });
  return seen ? "" : `${name} is covered or out of sight`;
});

/** Presses Tab until `selector` has the focus; each stop on the way has to be seen. */
async function tabTo(page, selector, most = 150) {
  const path = [];
  for (let count = 0; count < most; count++) {
    await page.keyboard.press("Tab");
    assert.equal(await focusFault(page), "", `${page.url()} after ${path.at(-1)}`);
    const [found, name] = await page.evaluate((selector) => [document.activeElement.matches(selector), document.activeElement.textContent.trim().slice(0, 20)], selector);
    if (found) return;
    path.push(name);
  }
  assert.fail(`no ${selector} on ${page.url()}: ${path.join(", ")}`);
}

for (const [name, options] of [["1280 pixels", {}], ["360 pixels", { viewport: { width: 360, height: 740 } }]]) {
  test(`the first Tab is the skip link, and it leads to main, at ${name}`, async () => {
    assertNothing(await across(options, async (page) => {
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press("Tab");
      const wrong = [await focusFault(page)];
      if (!await page.evaluate(() => document.activeElement.matches(".skip-link[href='#page-main']"))) wrong.push("another element is first");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => location.hash === "#page-main");
      if (!await page.evaluate(() => document.activeElement.matches("main"))) wrong.push("it does not lead to main");
      await page.keyboard.press("Tab");
      wrong.push(await focusFault(page));
      if (!await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("main, footer"))) wrong.push("Tab leads back before main");
      return wrong.filter(Boolean);
    }, PAGES.filter((path) => !path.startsWith("search/?"))));
  });

  test(`the keyboard alone leads from home to a file, at ${name}`, async () => {
    await visit(async (page) => {
      const follow = async (pattern) => {
        await page.keyboard.press("Enter");
        await page.waitForURL((url) => pattern.test(decodeURI(url.pathname + url.hash)));
      };
      await page.goto(site.origin);
      await tabTo(page, "[name=industry]");
      await page.keyboard.press("ArrowRight");
      const industry = await page.evaluate(() => document.activeElement.value);
      await tabTo(page, "[name=size]");
      await tabTo(page, "[name=role]");
      await tabTo(page, ".chooser button");
      await follow(new RegExp(`^/industries/${industry}/#path-`));
      await tabTo(page, "a[href$='checklist/']");
      await follow(/\/checklist\/$/);
      await tabTo(page, ".skip-link");
      await page.keyboard.press("/");
      if ((await page.locator("#header-query").isVisible())) {
        await page.keyboard.type("动火");
        await follow(/^\/search\/$/);
      } else {
        await page.waitForURL(`${site.origin}/search/`);
        await page.waitForSelector("#search-query");
        await tabTo(page, "#search-query");
        await page.keyboard.type("动火");
      }
      await page.waitForSelector(`${SETTLED} .hit`);
      await tabTo(page, ".hit__link");
      const hit = await page.evaluate(() => document.activeElement.pathname);
      await page.keyboard.press("Enter");
      await page.waitForURL((url) => url.pathname === hit);
      await page.evaluate(() => scrollTo(0, 0));
      await page.reload();
      if (await page.locator(".menu__button").isVisible()) {
        await tabTo(page, ".menu__button");
        await page.keyboard.press("Enter");
        await page.keyboard.press("Escape");
        assert.equal(await page.locator(".menu__nav").isVisible(), false);
        assert.ok(await page.evaluate(() => document.activeElement.matches(".menu__button")));
        await page.keyboard.press("Space");
        assert.equal(await page.locator(".menu__nav").isVisible(), true);
      }
      await tabTo(page, ".menu__link[href$='cases/']");
      await follow(/^\/cases\/$/);
      await tabTo(page, "main a[href$='cases/enforcement/']");
      await follow(/^\/cases\/enforcement\/$/);
      await tabTo(page, ".card__link");
      await follow(/^\/cases\/enforcement\/[^/]+\/$/);
      await page.goto(`${site.origin}/${industry === "gas" ? "industries/gas" : `industries/${industry}`}/checklist/`);
      await tabTo(page, "a[download]");
      const [file] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
      assert.match(file.suggestedFilename(), /\.(xlsx|docx|zip)$/);
      assert.ok(statSync(await file.path()).size > 1_000);
    }, { ...STILL, ...options });
  });
}

// ---- Words in their sentence.

test("a term of the glossary does not part the sentence that it stands in", async () => {
  assertNothing(await across({}, (page) => page.evaluate(() => [...document.querySelectorAll(".term")]
    .filter(({ parentElement }) => /flex|grid/.test(getComputedStyle(parentElement).display))
    .map((one) => `${one.textContent} in ${one.parentElement.tagName.toLowerCase()}.${one.parentElement.className}`))));
});

// ---- Without scripts.

/** What only paper or only scripts show, the handles of what is open anyway, the way back from what is not on. */
const ELSEWHERE = ".pin, .print-header, .print-source, .print-button, details[open] > summary, .footer__large--off";

test("without scripts all is there to read, and every link and file answers", async () => {
  const links = new Map();
  const look = async (page, path) => {
    const { hidden, found, closed } = await page.evaluate((ELSEWHERE) => {
      const own = (one) => [...one.childNodes].some((child) => child.nodeType === Node.TEXT_NODE && child.data.trim() !== "");
      const text = (one) => one.textContent.trim().slice(0, 30);
      const hidden = [...document.querySelectorAll("main *")].filter((one) => own(one) && !one.checkVisibility() && !one.closest(`[hidden], .table-hint, title, desc, ${ELSEWHERE}`));
      const found = [...document.querySelectorAll("[href], [src], form[action]")].filter((one) => one.rel !== "canonical").map((one) => one.href ?? one.src ?? one.action);
      const closed = [...document.querySelectorAll(".menu__link, .toc__link, .footer__link, .search-form__input, .header__find")].filter((one) => !one.checkVisibility() && !one.closest(ELSEWHERE));
      return { hidden: hidden.map(text), found, closed: closed.filter((one) => !one.matches(".search-form__input, .header__find")).map(text) };
    }, ELSEWHERE);
    for (const link of found) if (typeof link === "string" && link.startsWith(site.origin)) links.set(link, path);
    if (!await page.locator(".header__find, .header__search, .search__form").filter({ visible: true }).count()) closed.push("search");
    return [...hidden.map((text) => `not to be seen: ${text}`), ...closed.map((text) => `not to be reached: ${text}`)];
  };
  const pages = PAGES.map((path) => path.replace(/\?.*/, ""));
  for (const width of [360, 1280]) {
    assertNothing(await across({ javaScriptEnabled: false, viewport: { width, height: 800 } }, look, pages), `${width}`);
  }
  const addresses = [...new Set([...links.keys()].map((link) => link.split("#")[0]))];
  assert.ok(addresses.length > 200, `${addresses.length}`);
  const wrong = [], ids = new Map();
  const left = addresses.slice();
  await Promise.all(Array.from({ length: 8 }, async () => {
    for (let link; (link = left.pop());) {
      const answer = await fetch(link);
      const bytes = Buffer.from(await answer.arrayBuffer());
      if (answer.status !== 200 || bytes.length === 0) wrong.push(`${links.get(link)}: ${link} gives ${answer.status}, ${bytes.length} bytes`);
      if (/\.(xlsx|docx|zip)$/.test(link) && bytes.toString("latin1", 0, 4) !== "PK\x03\x04") wrong.push(`${link} is no file of its kind`);
      if (answer.headers.get("content-type").startsWith("text/html")) ids.set(link, new Set([...bytes.toString().matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)));
    }
  }));
  for (const [link, path] of links) {
    const [page, id] = link.split("#");
    if (id && ids.has(page) && !ids.get(page).has(decodeURIComponent(id))) wrong.push(`/${path}: ${link} leads nowhere`);
  }
  assert.deepEqual(wrong, []);
});

// ---- Narrow windows.

const sticksOut = (page) => page.evaluate(() => {
  const wrong = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) {
    const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > innerWidth + 0.5 && !one.closest("[role=region]"));
    wrong.push(`the page is ${root.scrollWidth} wide: ${wide.slice(0, 3).map((one) => `${one.tagName}.${one.className}`).join(", ")}`);
  }
  for (const one of document.querySelectorAll("body *")) {
    if (one.scrollWidth <= one.clientWidth + 1 || !/auto|scroll/.test(getComputedStyle(one).overflowX) || !one.checkVisibility()) continue;
    if (one.getAttribute("role") !== "region" || one.tabIndex !== 0 || !one.ariaLabel) wrong.push(`${one.tagName}.${one.className} scrolls and is no labelled region`);
  }
  return wrong;
});

test("no page scrolls sideways at 320 pixels or at twice the size, in either print", async () => {
  assertNothing(await across({}, async (page) => {
    const wrong = [];
    // 1280 pixels of which each is shown twice as wide are 640.
    for (const [width, height] of [[320, 640], [640, 400]]) {
      await page.setViewportSize({ width, height });
      for (const name of ["normal", "large"]) {
        await print(page, name);
        wrong.push(...(await sticksOut(page)).map((one) => `${width}, ${name}: ${one}`));
      }
    }
    return wrong;
  }));
});

// ---- Wishes of the reader.

test("with forced colours links, buttons and grades of risk are seen", async () => {
  const look = (page) => page.evaluate(() => {
    const wrong = [];
    const name = (one) => `${one.tagName.toLowerCase()}.${one.className}`;
    const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
    const isClear = (colour) => parts(colour)[3] === 0;
    const light = (colour) => parts(colour).slice(0, 3).map((one) => one / 255)
      .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
      .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0.05);
    const contrast = (one, other) => Math.max(light(one) / light(other), light(other) / light(one));
    const ground = (one) => {
      for (; one; one = one.parentElement) if (!isClear(getComputedStyle(one).backgroundColor)) return getComputedStyle(one).backgroundColor;
      return "rgb(255, 255, 255)";
    };
    const isSeen = (one) => one.checkVisibility() && one.getClientRects().length > 0;
    for (const one of document.querySelectorAll("a, button, summary, label, .risk, .tag, .sample-label")) {
      if (!isSeen(one) || one.textContent.trim() === "") continue;
      const found = contrast(getComputedStyle(one).color, ground(one));
      if (found < 4.5) wrong.push(`${name(one)} has a contrast of ${found.toFixed(1)}`);
    }
    for (const one of document.querySelectorAll("button, .button, .download, .search-form__input, .chooser__option, .menu__button")) {
      const { borderTopStyle, borderTopWidth, borderTopColor } = getComputedStyle(one);
      if (isSeen(one) && (borderTopStyle === "none" || parseFloat(borderTopWidth) === 0 || contrast(borderTopColor, ground(one.parentElement)) < 3)) wrong.push(`${name(one)} has no edge`);
    }
    const dots = new Map();
    for (const one of document.querySelectorAll(".risk")) {
      const { backgroundColor, inlineSize } = getComputedStyle(one, "::before");
      const word = one.textContent.trim();
      if (!/^\S{2,}/.test(word)) wrong.push(`${name(one)} has no word`);
      if (isClear(backgroundColor) || parseFloat(inlineSize) < 5) wrong.push(`${name(one)} has no dot`);
      if (dots.has(backgroundColor) && dots.get(backgroundColor) !== one.classList[1]) wrong.push(`${name(one)} has the colour of ${dots.get(backgroundColor)}`);
      dots.set(backgroundColor, one.classList[1]);
    }
    for (const one of document.querySelectorAll(".menu__link:not([aria-current])")) {
      const { borderBottomColor } = getComputedStyle(one);
      if (isSeen(one) && contrast(borderBottomColor, ground(one)) > 1.1) wrong.push(`${name(one)} is underlined like the page that is open`);
    }
    // What is chosen looks otherwise than what is not, though colours of ours are gone.
    const chosen = "a[aria-current], [aria-pressed=true], .chooser__option:has(:checked)";
    for (const one of document.querySelectorAll(chosen)) {
      const other = [...document.querySelectorAll(`${one.tagName}.${one.classList[0]}`)].find((other) => !other.matches(chosen));
      if (!other || !isSeen(one)) continue;
      const looks = (one) => {
        const { fontWeight, textDecorationLine, color, backgroundColor, borderTop, borderLeft, borderBottom } = getComputedStyle(one);
        return [fontWeight, textDecorationLine, color, backgroundColor, borderTop, borderLeft, borderBottom].join();
      };
      if (looks(one) === looks(other)) wrong.push(`${name(one)} looks no other where it is chosen`);
    }
    return wrong;
  });
  assertNothing(await across({ forcedColors: "active" }, async (page) => {
    const wrong = [];
    await page.evaluate(() => { document.querySelector("[data-display=large]").ariaPressed = "true"; });
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ forcedColors: "active", colorScheme });
      wrong.push(...(await look(page)).map((one) => `${colorScheme}: ${one}`));
    }
    return wrong;
  }));
});

test("where less motion is wanted nothing moves", async () => {
  const look = (page) => page.evaluate(() => {
    const wrong = [];
    const longest = (text) => Math.max(...text.split(",").map((one) => parseFloat(one) * (one.trim().endsWith("ms") ? 0.001 : 1)));
    for (const one of document.querySelectorAll("*")) {
      for (const part of [undefined, "::before", "::after"]) {
        const { animationDuration, transitionDuration, scrollBehavior } = getComputedStyle(one, part);
        if (longest(animationDuration) > 0.01 || longest(transitionDuration) > 0.01 || scrollBehavior === "smooth") wrong.push(`${one.tagName}.${one.className}${part ?? ""} moves`);
      }
    }
    return [...wrong, ...document.getAnimations().map(String)];
  });
  assertNothing(await across({}, look));
});

/** Controls that are lower than `least`, and text that is smaller than `letters`. */
const tooSmall = (page, row) => page.evaluate(([least, letters]) => {
  const wrong = [];
  const target = (one) => one.closest("label") ?? one;
  const controls = document.querySelectorAll("button, input:not([type=hidden], :disabled), select, textarea, summary, nav a, .header a, .footer a, a[download], .download, .button");
  for (const one of new Set([...controls].map(target))) {
    if (!one.checkVisibility() || one.classList.contains("visually-hidden") || getComputedStyle(one).pointerEvents === "none") continue;
    const { width, height } = one.getBoundingClientRect();
    if (height < least - 0.1) wrong.push(`${one.tagName.toLowerCase()}.${one.className} “${one.textContent.trim().slice(0, 20)}” is ${width.toFixed(1)} × ${height.toFixed(1)}`);
  }
  for (const one of document.querySelectorAll("main :is(p, li, dd):not([class])")) {
    if (!one.checkVisibility()) continue;
    const size = parseFloat(getComputedStyle(one).fontSize);
    if (size < letters) wrong.push(`“${one.textContent.trim().slice(0, 20)}” is ${size}px`);
  }
  return [...new Set(wrong)];
}, row);

test("what is touched is 44 pixels high, in large print 60, and its text 18 at least", async () => {
  assertNothing(await across({}, async (page) => {
    const wrong = [];
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      for (const [name, ...least] of [["normal", 44, 0], ["large", 60, 18]]) {
        await print(page, name);
        wrong.push(...(await tooSmall(page, least)).map((one) => `${width}, ${name}: ${one}`));
      }
    }
    return wrong;
  }));
});

test("large print and dark last over a reload and on another page, and go again", async () => {
  await visit(async (page) => {
    const shown = () => page.evaluate(() => {
      const { fontSize, colorScheme } = getComputedStyle(document.documentElement);
      return [parseFloat(fontSize) >= 20, colorScheme, ...[...document.querySelectorAll("[data-display]")].map((one) => one.ariaPressed)].join();
    });
    await page.goto(site.origin);
    assert.equal(await shown(), "false,light dark,false,false");
    for (const name of ["large", "dark"]) await page.click(`[data-display=${name}]`);
    const both = "true,dark,true,true";
    assert.equal(await shown(), both);
    await page.reload();
    assert.equal(await shown(), both);
    await page.click(".menu__link >> nth=1");
    await page.waitForFunction(() => location.pathname !== "/" && document.readyState === "complete");
    assert.equal(await shown(), both);
    // The paper is dark before the first paint: its script stands in the head and is not put off.
    assert.equal(await page.locator("head script[src*=display]:not([defer], [async])").count(), 1);
    for (const name of ["large", "dark"]) await page.click(`[data-display=${name}]`);
    await page.reload();
    assert.equal(await shown(), "false,light,false,false");
  }, STILL);
});

test("without scripts a link gives large print to a page, and another takes it away", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/industries/`);
    const size = () => page.evaluate(() => parseFloat(getComputedStyle(document.documentElement).fontSize));
    assert.ok(await size() < 20);
    await page.getByRole("link", { name: "大字版" }).click();
    assert.ok(await size() >= 20);
    await page.getByRole("link", { name: "标准字号" }).click();
    assert.ok(await size() < 20);
  }, { javaScriptEnabled: false });
  await visit(async (page) => {
    await page.goto(`${site.origin}/industries/`);
    assert.equal(await page.getByRole("link", { name: "大字版" }).count(), 0, "with scripts there is the button");
  });
});

test("pictures of every kind in each mode", { skip: !PICTURES }, async () => {
  mkdirSync(PICTURES, { recursive: true });
  for (const width of [360, 768, 1280, 1920]) {
    for (const [mode, colorScheme] of [["light", "light"], ["dark", "dark"], ["large", "light"]]) {
      await visit(async (page) => {
        for (const path of PAGES) {
          await page.goto(`${site.origin}/${path}`);
          if (path.startsWith("search/")) await page.waitForSelector(SETTLED, { state: "attached" });
          if (mode === "large") await print(page, "large");
          const name = path.replace(/\?.*/, "").replaceAll("/", "-") || "home-";
          await page.screenshot({ path: join(PICTURES, `${name}${width}-${mode}.png`), fullPage: true });
        }
      }, { viewport: { width, height: 900 }, colorScheme, ...STILL, let_pass: /^Failed to load resource/ });
    }
  }
});
