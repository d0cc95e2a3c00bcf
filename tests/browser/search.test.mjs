// The search of the shipped site in Chromium. `check` builds the site and gives its folder and the program.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { ANJIAN, FIGURES, PICTURES, REFUSED, SETTLED, SITE, meet, site, visit } from "./reader.mjs";

meet();

const SHARDS = /^\/search\/s\//;
const TEXTS = /^\/search\/t\//;
const SCRIPT = /^\/assets\/search\.[^/]*js$/;

const address = (q, more = {}) => `${site.origin}/search/?${new URLSearchParams({ q, ...more })}`;
const open = async (page, q, more) => {
  await page.goto(address(q, more));
  await page.waitForSelector(SETTLED, { state: "attached" });
};
/** Types into the box of the page and waits for what it finds. */
async function type(page, q) {
  await page.fill("#search-query", q);
  await settled(page, q);
}
const settled = (page, q) => page.waitForFunction(([q, settled]) => (
  document.title.startsWith(q ? `${q} - ` : document.querySelector("h1").textContent) && document.querySelector(settled)), [q, SETTLED]);

/** Pages that are shown, in order; `~` before those that do not answer exactly. */
const shown = (page) => page.$$eval(".hit", (hits) => hits.map((hit) => {
  const { pathname } = hit.querySelector(".hit__link");
  return (hit.closest(".search__others") ? "~" : "") + decodeURIComponent(pathname.slice(1));
}));
const status = (page) => page.textContent(".search__status");
const message = (page) => page.locator(".search__message");

const answers = new Map();
/** What the program answers. */
function asked(q) {
  if (!answers.has(q)) {
    const row = ["--lang", "en", "search", q, "--output", SITE, "--format", "json", "--limit", "1000"];
    // It also exits with 1 where it finds nothing.
    const { stdout, stderr } = spawnSync(ANJIAN, row, { encoding: "utf8", maxBuffer: 1 << 26 });
    assert.ok(stdout.startsWith("{"), stderr);
    const answer = JSON.parse(stdout);
    answer.pages = answer.results.map(({ url, exact }) => (exact ? "" : "~") + decodeURIComponent(url.split("#")[0]));
    answers.set(q, answer);
  }
  return answers.get(q);
}

/** Whether the first candidates are shown. Those that their text refutes stand behind the others of them. */
async function assertFirst(page, q, count = 10) {
  const exact = (row) => row.filter((one) => !one.startsWith("~"));
  const [pages, all] = [await shown(page), asked(q).pages];
  // In quotes a refuted candidate is dropped, and the next one takes its place.
  assert.equal(pages.length, Math.min(all.length, count), q);
  assert.deepEqual(exact(pages), exact(all).slice(0, exact(pages).length), q);
  assert.deepEqual(pages.slice(exact(pages).length), all.filter((one) => one.startsWith("~") && pages.includes(one)), q);
  if (all.length <= count) assert.deepEqual(pages, all, q);
}

/** Strings of two to nine Han characters out of pages all over the site, always the same ones for the same site. */
function fromTexts(count) {
  const files = readdirSync(SITE, { recursive: true }).filter((path) => path.endsWith("index.html") && !path.startsWith("search")).sort();
  let seed = 20_260_101;
  const random = (below) => {
    seed = (Math.imul(seed, 1_103_515_245) + 12_345) >>> 0;
    return (seed >>> 8) % below;
  };
  const queries = new Set();
  while (queries.size < count) {
    const html = readFileSync(join(SITE, files[random(files.length)]), "utf8");
    const runs = html.slice(html.indexOf("<main"), html.indexOf("</main")).match(/(?<=>[^<]*)\p{Script=Han}{4,}/gu) ?? [];
    if (runs.length === 0) continue;
    const run = runs[random(runs.length)];
    const length = Math.min(2 + random(8), run.length);
    const at = random(run.length - length + 1);
    queries.add(run.slice(at, at + length));
  }
  return [...queries];
}

const WRITTEN = [
  "安全生产法", "有限空间", "动火作业", "燃气泄漏 报警", "企业主要负责人有哪些安全生产职责", "应急预案多久演练一次？",
  "燃氣", "電氣焊", "安全生產責任制", "應急預案", "隱患排查治理", "臺賬",
  "ranqi", "rq", "donghuozuoye", "yxkj", "youxiankongjian", "RanQi",
  "有限空间做业", "动火做业", "燃汽泄漏报警器", "应急预按",
  "第41条", "第四十一条", "583", "33000", "GB/T 33000-2025", "gbt33000", "ＧＢ／Ｔ３３０００", "2025年",
  "“动火作业”", "\"燃气泄漏\" \"报警\"", "「有限空间」", "“动火做业”", "“安全生产责任制",
  "渗虑液", "嗯火", "煤", "安", "a", "1", "LNG", "的", "，", "<img src=x onerror=alert(1)>", "动火.*作业|(", "燃气\u200b泄漏",
];

test("the page shows what `anjian search` answers: the same pages, in the same order, as exact", async () => {
  const queries = [...new Set([...WRITTEN, ...fromTexts(60)])];
  assert.ok(queries.length >= 100);
  await visit(async (page) => {
    let exact = 0, partial = 0, whole = 0;
    for (const q of queries) {
      const { pages, total, instead, nearest = [] } = asked(q);
      await open(page, q, { page: 3 });
      await assertFirst(page, q, 30);
      if (total <= 30) whole++;
      const text = await status(page);
      // In quotes those that their text refutes are not counted, as far as they were seen.
      const isQuoted = /["“”「」]/u.test(q);
      const told = Number(text.match(/\d+/)?.[0] ?? 0);
      assert.ok(text.startsWith(pages.length === 0 ? "没有符合条件的内容" : `找到 ${told} 个结果`), `${q}: ${text}`);
      assert.ok(isQuoted ? told >= pages.length : told === total, `${q}: ${text}`);
      if (instead) assert.ok(text.includes(`“${instead}”`), `${q}: ${text}`);
      assert.deepEqual(await page.$$eval(".search__near", (links) => links.map((link) => link.textContent)), [...new Set(nearest)], q);
      if (pages.length > 0) pages[0].startsWith("~") ? partial++ : exact++;
    }
    assert.ok(exact >= 60 && partial >= 3 && whole >= 30, `${exact} exact, ${partial} partial, ${whole} wholly`);
  });
});

test("what was looked for before changes nothing", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/search/`);
    for (const q of WRITTEN.slice().reverse()) {
      await type(page, q);
      await assertFirst(page, q);
    }
  });
});

test("a result leads to the clause that holds the query, marked in its excerpt", async () => {
  await visit(async (page) => {
    for (const q of ["燃气泄漏", "动火作业", "安全生产责任制", ...fromTexts(12).filter((one) => one.length > 3)]) {
      if (asked(q).pages[0]?.startsWith("~") !== false) continue;
      await open(page, q);
      const hits = await page.$$eval(".search__results .hit", (all) => all.map((hit) => ({
        href: hit.querySelector(".hit__link").href,
        marks: [...hit.querySelectorAll("mark")].map((mark) => mark.textContent),
      })));
      for (const { href, marks } of hits) {
        assert.ok(marks.some((mark) => mark.replace(/[^\p{L}\p{N}]/gu, "").includes(q)), `${q}: ${href} marks ${marks}`);
        const { pathname, hash } = new URL(href);
        const html = readFileSync(join(SITE, decodeURIComponent(pathname), "index.html"), "utf8");
        if (hash) assert.ok(html.includes(`id="${decodeURIComponent(hash.slice(1))}"`), href);
      }
    }
  });
});

test("nothing below /search/ is asked for before the reader types", async () => {
  await visit(async (page) => {
    await page.goto(site.origin, { waitUntil: "networkidle" });
    await page.keyboard.press("/");
    assert.deepEqual(site.below("/search/"), []);
    await page.goto(`${site.origin}/search/`, { waitUntil: "networkidle" });
    await page.focus("#search-query");
    assert.deepEqual(site.below("/search/").map(({ path }) => path), ["/search/"]);
    await type(page, "燃气");
    assert.equal(site.below("/search/directory.bin").length, 1);
  });
});

test("typing finds, without Enter, and the address holds it; a reload gives the same", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/search/`);
    await page.locator("#search-query").pressSequentially("动火作业");
    await settled(page, "动火作业");
    await assertFirst(page, "动火作业");
    assert.equal(new URL(page.url()).searchParams.get("q"), "动火作业");
    await page.click(".search__more");
    await page.waitForFunction(() => document.querySelectorAll(".hit").length > 10);
    await page.waitForSelector(SETTLED, { state: "attached" });
    const more = await shown(page);
    await page.check(".facets__option:not(.facets__option--none) [name=industry]");
    await page.waitForSelector(SETTLED, { state: "attached" });
    const filtered = [await shown(page), await status(page), page.url()];
    await page.reload();
    await page.waitForSelector(SETTLED, { state: "attached" });
    assert.deepEqual([await shown(page), await status(page), page.url()], filtered);
    assert.equal(await page.inputValue("#search-query"), "动火作业");
    await page.goBack();
    await page.waitForFunction((length) => document.querySelectorAll(".hit").length === length, more.length);
    await page.waitForSelector(SETTLED);
    assert.deepEqual(await shown(page), more);
  });
});

test("the box of every other page leads to the results", async () => {
  await visit(async (page) => {
    await page.goto(site.origin);
    await page.fill("#header-query", "动火作业");
    await page.keyboard.press("Enter");
    await page.waitForSelector(SETTLED, { state: "attached" });
    assert.equal((await shown(page))[0], asked("动火作业").pages[0]);
  });
});

test("back leads through what was looked for, and from a result to the results", async () => {
  await visit(async (page) => {
    await page.goto(site.origin);
    await page.goto(`${site.origin}/search/`);
    for (const q of ["燃气", "动火作业"]) {
      await type(page, q);
      await page.keyboard.press("Enter");
      await settled(page, q);
    }
    const pages = await shown(page);
    await page.click(".hit__link");
    await page.waitForURL((url) => !url.pathname.startsWith("/search/"));
    await page.goBack();
    await settled(page, "动火作业");
    assert.deepEqual(await shown(page), pages);
    await page.goBack();
    await settled(page, "燃气");
    assert.equal(await page.inputValue("#search-query"), "燃气");
    await assertFirst(page, "燃气");
    await page.goForward();
    await settled(page, "动火作业");
    await page.goBack();
    await settled(page, "燃气");
    await page.goBack();
    await settled(page, "");
    assert.deepEqual([await shown(page), await status(page), await page.inputValue("#search-query")], [[], "", ""]);
    await page.goBack();
    assert.equal(new URL(page.url()).pathname, "/");
  });
});

test("what is typed after coming back is another entry of the history", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/search/`);
    await type(page, "燃气");
    await page.click(".hit__link");
    await page.waitForURL((url) => !url.pathname.startsWith("/search/"));
    await page.goBack();
    await settled(page, "燃气");
    await type(page, "动火作业");
    await page.goBack();
    await settled(page, "燃气");
    assert.equal(await page.inputValue("#search-query"), "燃气");
  });
});

/** Leaves by the 25th of 30 results; gives what tells how far from its place that stands later. */
async function leave(page) {
  await open(page, "燃气", { page: 3 });
  const link = page.locator(".hit__link").nth(24);
  await link.scrollIntoViewIfNeeded();
  const address = (await link.getAttribute("href")).split("#")[0];
  const { y } = await link.boundingBox();
  assert.ok(await page.evaluate(() => scrollY) > 500);
  await link.click();
  await page.waitForURL((url) => !url.pathname.startsWith("/search/"));
  return async () => (await page.locator(`.hit__link[href^="${address}"]`).boundingBox()).y - y;
}

test("coming back leads to the place that was left", async () => {
  await visit(async (page) => {
    const moved = await leave(page);
    await page.goBack();
    await settled(page, "燃气");
    assert.equal((await shown(page)).length, 30);
    assert.ok(Math.abs(await moved()) < 3, `moved by ${await moved()}`);
  });
});

test("coming back leads to the place that was left, though what hits say comes late", async () => {
  await visit(async (page) => {
    const moved = await leave(page);
    // The texts wait until all hits are drawn without them.
    let release;
    const drawn = new Promise((resolve) => { release = resolve; });
    await page.route("**/search/t/**", async (route) => { await drawn; await route.continue(); });
    await page.goBack();
    await page.waitForFunction(() => document.querySelectorAll(".hit__link").length === 30);
    assert.equal(await page.locator(".hit__text:not(:empty)").count(), 0);
    release();
    await settled(page, "燃气");
    assert.ok(Math.abs(await moved()) < 3, `moved by ${await moved()}`);
  });
});

const options = (page) => page.$$eval(".facets__option", (all) => all.map((one) => {
  const { name, value, checked, disabled } = one.querySelector("input");
  return { name, value, checked, disabled, count: Number(one.querySelector(".facets__count").textContent) };
}));

test("filters tell how many they leave; those that leave none cannot be chosen", async () => {
  await visit(async (page) => {
    await open(page, "动火作业", { page: 1000 });
    const all = await options(page);
    const kinds = all.filter(({ name }) => name === "kind");
    assert.ok(kinds.length > 2 && all.some(({ name }) => name === "industry"));
    assert.equal(kinds.reduce((sum, { count }) => sum + count, 0), asked("动火作业").total);
    assert.ok(all.every(({ disabled, count }) => !disabled && count > 0));
    let none = 0;
    for (const { value, count } of kinds) {
      await page.check(`[name=kind][value="${value}"]`);
      await page.waitForSelector(SETTLED, { state: "attached" });
      assert.ok((await status(page)).startsWith(`找到 ${count} 个结果`), value);
      assert.ok(page.url().includes(`kind=${value}`));
      for (const one of await options(page)) {
        assert.equal(one.disabled, one.count === 0 && !one.checked, `${value}: ${JSON.stringify(one)}`);
        none += one.disabled ? 1 : 0;
        if (one.name === "kind") assert.equal(one.count, kinds.find((kind) => kind.value === one.value).count);
      }
      await page.uncheck(`[name=kind][value="${value}"]`);
      await page.waitForSelector(SETTLED, { state: "attached" });
    }
    assert.ok(none > 0);
    const [first, second] = kinds;
    await page.check(`[name=kind][value="${first.value}"]`);
    await page.check(`[name=kind][value="${second.value}"]`);
    await page.waitForSelector(SETTLED, { state: "attached" });
    assert.ok((await status(page)).startsWith(`找到 ${first.count + second.count} 个结果`));
    await page.click(".search__reset");
    await page.waitForSelector(SETTLED, { state: "attached" });
    assert.ok((await options(page)).every(({ checked }) => !checked));
    assert.ok((await status(page)).startsWith(`找到 ${asked("动火作业").total} 个结果`));
  });
});

test("a filter that an address brings can be taken away, even from a single hit", async () => {
  const q = fromTexts(300).find((one) => asked(one).total === 1);
  await visit(async (page) => {
    for (const kind of ["policy", "no-such-kind"]) {
      await open(page, q, { kind, industry: "no-such-industry" });
      assert.deepEqual(await shown(page), []);
      await page.click(".search__reset");
      await page.waitForSelector(SETTLED, { state: "attached" });
      assert.deepEqual(await shown(page), asked(q).pages);
    }
  });
});

test("keys alone: slash and Ctrl-K to the box, arrows through the results, Enter, Escape", async () => {
  await visit(async (page) => {
    const focus = () => page.evaluate(() => document.activeElement.id || [...document.querySelectorAll(".hit__link")].indexOf(document.activeElement));
    await page.goto(site.origin);
    await page.keyboard.press("/");
    assert.equal(await focus(), "header-query");
    await page.keyboard.type("a/b");
    assert.equal(await page.inputValue("#header-query"), "a/b");
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Control+k");
    assert.equal(await focus(), "header-query");
    await page.keyboard.insertText("燃气");
    await page.keyboard.press("Enter");
    await settled(page, "燃气");
    await page.keyboard.press("Control+k");
    assert.equal(await focus(), "search-query");
    for (const [key, at] of [["ArrowDown", 0], ["ArrowDown", 1], ["ArrowDown", 2], ["ArrowUp", 1], ["ArrowUp", 0], ["ArrowUp", "search-query"], ["ArrowUp", "search-query"]]) {
      await page.keyboard.press(key);
      assert.equal(await focus(), at, key);
    }
    for (let at = 0; at < 12; at++) await page.keyboard.press("ArrowDown");
    assert.equal(await focus(), 9);
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate(() => document.activeElement.matches(".search__more")));
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll(".hit").length === 20);
    assert.equal(await focus(), 10);
    await page.waitForSelector(SETTLED, { state: "attached" });
    await page.keyboard.press("Escape");
    await settled(page, "");
    assert.deepEqual([await focus(), await page.inputValue("#search-query"), await shown(page)], ["search-query", "", []]);
    await page.keyboard.insertText("动火作业");
    await settled(page, "动火作业");
    await page.keyboard.press("ArrowDown");
    const href = await page.evaluate(() => document.activeElement.href);
    await page.keyboard.press("Enter");
    await page.waitForURL(href);
  });
});

test("on a phone the slash leads to the page that has a box", async () => {
  await visit(async (page) => {
    await page.goto(site.origin);
    await page.keyboard.press("/");
    await page.waitForURL(`${site.origin}/search/`);
  }, { viewport: { width: 360, height: 740 } });
});

test("an unfinished composition is not looked for", async () => {
  await visit(async (page, context) => {
    const client = await context.newCDPSession(page);
    await page.goto(`${site.origin}/search/`);
    await page.focus("#search-query");
    for (const text of ["r", "ra", "ran", "ran'q", "ran'qi"]) {
      await client.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
    }
    await client.send("Input.insertText", { text: "燃气" });
    await settled(page, "燃气");
    await assertFirst(page, "燃气");
    assert.equal(new URL(page.url()).searchParams.get("q"), "燃气");
    await page.goBack();
    assert.equal(new URL(page.url()).search, "");
  });
});

test("a live region tells how many were found, and that the search goes on", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/search/`);
    const region = page.getByRole("status");
    assert.equal(await region.getAttribute("class"), "search__status");
    await page.evaluate(() => {
      globalThis.told = [];
      const region = document.querySelector("main [role=status]");
      new MutationObserver(() => told.push(region.textContent)).observe(region, { childList: true, characterData: true, subtree: true });
    });
    const release = site.hold(SHARDS);
    await page.fill("#search-query", "动火作业");
    await page.waitForFunction(() => told.includes("正在搜索…"));
    release();
    await settled(page, "动火作业");
    assert.deepEqual(await page.evaluate(() => told), ["正在搜索…", `找到 ${asked("动火作业").total} 个结果`]);
    await type(page, "“动火做业”");
    assert.ok((await status(page)).startsWith("没有符合条件的内容"));
  });
});

test("what is in quotes is required: parts of it do not answer", async () => {
  await visit(async (page) => {
    await open(page, "动火作业审批流程表", { page: 1000 });
    const loose = await shown(page);
    assert.ok(loose.some((one) => one.startsWith("~")), "without quotes, parts answer too");
    for (const q of ["“动火作业审批流程表”", "\"动火作业审批流程表\"", "「动火作业审批流程表」"]) {
      await open(page, q);
      assert.deepEqual(await shown(page), [], q);
    }
  });
});

test("what is in quotes is found word for word alone", async () => {
  await visit(async (page) => {
    await open(page, "“动火作业”", { page: 1000 });
    const pages = await shown(page);
    assert.ok(pages.length > 0 && pages.every((one) => !one.startsWith("~")), pages.join(" "));
  });
});

test("in quotes the place of a candidate that its text refutes is taken by the next", async () => {
  await visit(async (page) => {
    // Pairs of these stand together on pages that do not hold the whole.
    let few = 0;
    for (const q of ["“安全生产安全”", "“管理人员管理”", "“安全管理安全”", "“作业人员作业”", "“检查记录检查”"]) {
      await open(page, q);
      await assertFirst(page, q);
      if (asked(q).total >= 10) continue;
      few++;
      // All were looked at: what is told is what is there.
      assert.equal(Number((await status(page)).match(/\d+/)?.[0] ?? 0), asked(q).total, q);
    }
    assert.ok(few > 0);
  });
});

test("what finds nothing offers the nearest terms, each a query that finds something", async () => {
  await visit(async (page) => {
    await open(page, "嗯火");
    assert.ok((await status(page)).startsWith("没有符合条件的内容"));
    const [first] = await page.$$eval(".search__near", (links) => links.map((link) => link.textContent));
    assert.equal(first, asked("嗯火").nearest[0]);
    await page.click(".search__near");
    await settled(page, first);
    assert.ok((await shown(page)).length > 0);
  });
});

test("bad input does no harm", async () => {
  await visit(async (page) => {
    await page.addInitScript(() => { globalThis.ran = []; globalThis.alert = (text) => ran.push(text); });
    const html = "<img src=x onerror=alert(1)><script>alert(2)</script>\"'><svg onload=alert(3)>";
    for (const q of ["", "   ", "？！", "\0", "()[]{}*+?.\\^$|", html, "${alert(4)}{q}$&", "__proto__", "constructor", "%", "%E0%A4%A", "&q=x#y"]) {
      await open(page, q);
      assert.equal(await page.inputValue("#search-query"), q, JSON.stringify(q));
      assert.equal(await message(page).isHidden(), true, q);
      assert.equal(await page.locator(".search img, .search script, .search svg").count(), 0);
    }
    assert.ok((await page.goto(address(html))) && await settled(page, html));
    await open(page, "燃气");
    for (const q of ["燃气".repeat(5_000), `燃气${" ".repeat(10_000)}`, "\ud800燃气\udc00", "\udfff", "燃气"]) {
      await page.evaluate((q) => {
        const box = document.querySelector("#search-query");
        box.value = q;
        document.querySelector(".search__results").ariaBusy = "true";
        box.dispatchEvent(new Event("input", { bubbles: true }));
      }, q);
      await page.waitForSelector(SETTLED, { state: "attached" });
      assert.equal(await message(page).isHidden(), true);
    }
    await assertFirst(page, "燃气");
    await open(page, "燃".repeat(10_000));
    assert.ok((await status(page)).startsWith("没有符合条件的内容") || (await shown(page)).length > 0);
    assert.deepEqual(await page.evaluate(() => ran), []);
  });
});

test("a result shows HTML that a page speaks of as text", async () => {
  await visit(async (page) => {
    await page.addInitScript(() => { globalThis.ran = []; globalThis.alert = (text) => ran.push(text); });
    await open(page, "<img src=x onerror=alert(1)>燃气");
    assert.equal(await page.title().then((title) => title.startsWith("<img src=x onerror=alert(1)>燃气 - ")), true);
    // The same in every file of texts: what the index holds is text as well.
    const { gzipSync } = await import("node:zlib");
    site.rule(TEXTS, () => gzipSync(JSON.stringify([["\"><img src=x onerror=alert(1)>", "<b>动火</b>", "<img src=x onerror=alert(1)>动火作业"]])));
    site.rule(/^\/search\/p\//, () => gzipSync(JSON.stringify(Array(32).fill({ u: "\"><script>alert(2)</script>/", t: "<img src=x onerror=alert(3)>", d: "<i>", x: [[2, "00"]] }))));
    await open(page, "动火作业");
    assert.ok((await page.textContent(".hit")).includes("<img src=x onerror=alert(3)>"));
    assert.equal(await page.locator(".hit img, .hit b, .hit i, .hit script").count(), 0);
    assert.deepEqual(await page.evaluate(() => ran), []);
  });
});

/** The shard that only one of two queries needs. */
async function shardsOf(q) {
  site.sent = [];
  await visit((page) => open(page, q));
  return new Set(site.below("/search/s/").map(({ path }) => path));
}

for (const [how, act] of [["missing", () => 404], ["corrupt", (bytes) => Buffer.from(bytes).fill(0x55, 12)], ["cut", (bytes) => bytes.subarray(0, bytes.length / 2)], ["replaced by a page", () => Buffer.from("<!doctype html><p>没有")]]) {
  test(`a ${how} shard is told, the others answer, and a retry mends it`, async () => {
    const other = await shardsOf("有限空间");
    const [path] = [...await shardsOf("动火作业")].filter((one) => !other.has(one));
    assert.ok(path);
    site.reset();
    site.rule(new RegExp(`^${path}$`), act);
    await visit(async (page) => {
      await open(page, "动火作业");
      assert.ok((await message(page).textContent()).startsWith("有一部分内容没有取到"));
      assert.equal(await message(page).getAttribute("role"), "alert");
      await type(page, "有限空间");
      await assertFirst(page, "有限空间");
      assert.equal(await message(page).isHidden(), true);
      await type(page, "动火作业");
      site.reset();
      await message(page).getByRole("button").click();
      await page.waitForFunction(() => document.querySelector(".search__message").hidden && document.querySelector("[aria-busy=false]"));
      await assertFirst(page, "动火作业");
    }, REFUSED);
  });
}

test("missing texts and rows are told, and the titles are still there", async () => {
  site.rule(TEXTS, () => 404);
  await visit(async (page) => {
    await open(page, "动火作业");
    const pages = await shown(page);
    assert.deepEqual([pages.length, pages[0]], [10, asked("动火作业").pages[0]]);
    assert.ok((await message(page).textContent()).startsWith("有一部分内容没有取到"));
    site.reset();
    site.rule(/^\/search\/(p|terms)/, () => 500);
    await open(page, "有限空间");
    assert.ok((await message(page).textContent()).startsWith("有一部分内容没有取到"));
  }, REFUSED);
});

test("a missing, damaged or foreign directory is told", async () => {
  for (const act of [() => 404, () => Buffer.alloc(0), (bytes) => bytes.subarray(0, 50), () => Buffer.from([9, 0, 0, 0, 123, 34])]) {
    site.reset();
    site.rule(/directory/, act);
    await visit(async (page) => {
      await open(page, "动火作业");
      assert.ok((await message(page).textContent()).startsWith("搜索没有成功"));
      assert.deepEqual([await shown(page), await status(page)], [[], ""]);
    }, REFUSED);
  }
});

test("offline, the reader is told; a retry finds", async () => {
  await visit(async (page, context) => {
    await page.goto(`${site.origin}/search/`);
    await context.setOffline(true);
    await type(page, "动火作业");
    assert.ok((await message(page).textContent()).startsWith("搜索没有成功"));
    await context.setOffline(false);
    await message(page).getByRole("button").click();
    await page.waitForSelector(".hit");
    await page.waitForSelector(SETTLED, { state: "attached" });
    await assertFirst(page, "动火作业");
    assert.equal(await page.evaluate(() => document.activeElement.id), "search-query");
    await context.setOffline(true);
    await type(page, "有限空间");
    assert.ok((await message(page).textContent()).startsWith("有一部分内容没有取到"));
    await context.setOffline(false);
    await message(page).getByRole("button").click();
    await page.waitForFunction(() => document.querySelector(".search__message").hidden && document.querySelector("[aria-busy=false]"));
    await assertFirst(page, "有限空间");
  }, REFUSED);
});

test("a dropped connection is tried again without the reader", async () => {
  let drops = 0;
  site.rule(SHARDS, (bytes) => drops++ < 2 ? null : bytes);
  await visit(async (page) => {
    await open(page, "动火作业");
    await assertFirst(page, "动火作业");
    assert.equal(await message(page).isHidden(), true);
    assert.ok(drops > 2);
  }, REFUSED);
});

test("on a slow network a query that was given up does not come back", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/search/`);
    await type(page, "a");
    const release = site.hold(SHARDS);
    const slow = page.waitForRequest((request) => SHARDS.test(new URL(request.url()).pathname));
    await page.fill("#search-query", "动火作业");
    const given = await slow;
    const failed = page.waitForEvent("requestfailed", (request) => request === given);
    await page.fill("#search-query", "有限空间");
    await failed;
    assert.match(given.failure().errorText, /ABORTED/);
    release();
    await settled(page, "有限空间");
    await assertFirst(page, "有限空间");
    assert.ok((await status(page)).startsWith(`找到 ${asked("有限空间").total} 个结果`));
  });
});

test("excerpts that are late do not change another query's results", async () => {
  await visit(async (page) => {
    const release = site.hold(TEXTS);
    await page.goto(address("动火作业"));
    await page.waitForSelector(".hit");
    await page.fill("#search-query", "有限空间");
    await page.waitForFunction((first) => document.querySelector(".hit__link")?.pathname === `/${first}`, encodeURI(asked("有限空间").pages[0]));
    release();
    await settled(page, "有限空间");
    await assertFirst(page, "有限空间");
    assert.ok((await page.textContent(".hit__text")).length > 0);
  });
});

test("what is typed before the script has come is kept and looked for", async () => {
  const release = site.hold(SCRIPT);
  await visit(async (page) => {
    await page.goto(address("燃气"), { waitUntil: "commit" });
    await page.fill("#search-query", "动火作业");
    release();
    await settled(page, "动火作业");
    await assertFirst(page, "动火作业");
    assert.equal(await page.inputValue("#search-query"), "动火作业");
  });
});

async function plain(page) {
  assert.ok(await page.locator(".search__plain").isVisible());
  assert.ok((await page.textContent(".search__plain")).includes("脚本"));
  assert.equal(await page.locator(".search__status").textContent(), "");
  const links = await page.$$eval(".search__plain a", (all) => all.map((link) => link.href));
  assert.deepEqual(links.map((link) => new URL(link).pathname), ["/sitemap/", "/catalogue.csv"]);
  for (const link of links) assert.equal((await page.request.get(link)).status(), 200);
}

test("without scripts the box leads to a page that says so and leads on", async () => {
  await visit(async (page) => {
    await page.goto(site.origin);
    await page.fill("#header-query", "动火作业");
    await page.keyboard.press("Enter");
    await page.waitForURL(address("动火作业"));
    await plain(page);
    assert.deepEqual(site.below("/search/").map(({ path }) => path), ["/search/"]);
  }, { javaScriptEnabled: false });
});

test("a browser that cannot unpack is told the same", async () => {
  await visit(async (page) => {
    await page.addInitScript(() => { delete globalThis.DecompressionStream; });
    await page.goto(address("动火作业"), { waitUntil: "load" });
    await plain(page);
  });
});

test("a script that did not come leaves the page saying so", async () => {
  site.rule(SCRIPT, () => 404);
  await visit(async (page) => {
    await page.goto(address("动火作业"), { waitUntil: "load" });
    await plain(page);
  }, REFUSED);
});

/** Places in which something sticks out, or is too small to touch. */
const misfits = (page) => page.evaluate(() => {
  const wrong = [];
  const root = document.scrollingElement;
  if (root.scrollWidth > innerWidth) wrong.push(`the page is ${root.scrollWidth} wide`);
  for (const one of document.querySelectorAll(".header__search button, .header__search input, .header__find, .search a, .search button, .search input, .search summary")) {
    const target = one.closest("label") ?? one;
    const { width, height } = target.getBoundingClientRect();
    if (!one.checkVisibility() || getComputedStyle(one).pointerEvents === "none") continue;
    if (width < 43.9 || height < 43.9) wrong.push(`${target.className} “${target.textContent.trim()}”: ${width} × ${height}`);
  }
  return wrong;
});

test("no width scrolls sideways, and every target is 44 pixels", async () => {
  const long = "PneumoniaUltramicroscopicSilicovolcanoconiosis".repeat(4);
  for (const width of [320, 360, 768, 1280]) {
    await visit(async (page) => {
      await page.goto(site.origin);
      assert.deepEqual(await misfits(page), [], `${width}: home`);
      for (const [q, more] of [["", {}], ["燃气", {}], ["动火作业", { page: 3 }], ["嗯火", {}], [long, {}], ["ranqi", {}]]) {
        await page.goto(address(q, more));
        await page.waitForSelector(SETTLED, { state: "attached" });
        if (q === "燃气" && width < 960) await page.click(".search__summary");
        assert.deepEqual(await misfits(page), [], `${width}: ${q}`);
      }
      site.rule(SHARDS, () => 404);
      await open(page, "有限空间作业票");
      assert.equal(await message(page).isVisible(), true);
      assert.deepEqual(await misfits(page), [], `${width}: message`);
      site.reset();
    }, { viewport: { width, height: 740 }, ...REFUSED });
  }
});

// ---- Figures, told and not judged.

const median = (row) => row.slice().sort((left, right) => left - right)[Math.floor(row.length / 2)];
const sum = (row) => row.reduce((all, one) => all + one, 0);
const QUERIES = [
  "安全生产法", "燃气", "有限空间作业", "动火作业", "安全生产责任制", "重大危险源", "应急预案演练", "隐患排查治理", "特种设备", "燃气泄漏报警",
  "企业主要负责人有哪些安全生产职责", "rq", "ranqi", "燃氣", "第41条", "GB/T 33000", "“动火作业”", "有限空间做业", "受限空间", "污水处理厂 硫化氢",
];

test("where there is room what was found stands beside the filters, under the box, and is the wider", async () => {
  await visit(async (page) => {
    for (const width of [1000, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await open(page, "燃气");
      const [head, filter, results] = await page.$$eval(".gallery__head, .search__filter, .gallery__results", (all) => all.map((one) => one.getBoundingClientRect().toJSON()));
      assert.ok(filter.top >= head.bottom && Math.abs(results.top - filter.top) < 1, `${width}: in one row`);
      assert.ok(results.left >= filter.right && results.width > 2 * filter.width, `${width}: ${filter.width} and ${results.width}`);
    }
  });
});

test("bytes of a first and of a later query", { skip: !FIGURES }, async (context) => {
  const sent = () => {
    const own = site.sent.filter(({ path }) => (path.startsWith("/search/") && path !== "/search/") || SCRIPT.test(path));
    site.sent = [];
    return sum(own.map(({ bytes }) => bytes));
  };
  const first = [], later = [];
  for (const q of QUERIES) {
    site.reset();
    await visit(async (page) => {
      await page.goto(`${site.origin}/search/`);
      await type(page, q);
    });
    first.push(sent());
  }
  await visit(async (page) => {
    await page.goto(`${site.origin}/search/`);
    await type(page, "安全");
    sent();
    for (const q of QUERIES) {
      await type(page, q);
      later.push(sent());
    }
  });
  for (const [at, q] of QUERIES.entries()) context.diagnostic(`${q}: first ${first[at]}, later ${later[at]}`);
  context.diagnostic(`bytes: first query median ${median(first)}, worst ${Math.max(...first)}; later median ${median(later)}, worst ${Math.max(...later)}`);
});

test("scripting time of a query on a processor slowed to a quarter", { skip: !FIGURES }, async (context) => {
  const figures = { first: [], later: [] };
  /** Milliseconds: what the browser counts as script, and all that its main thread does but layout and styles. */
  const worked = async (page, client, q) => {
    const metrics = async () => Object.fromEntries((await client.send("Performance.getMetrics")).metrics.map(({ name, value }) => [name, value * 1000]));
    await page.click("#search-query", { clickCount: 3 });
    const before = await metrics();
    await page.keyboard.insertText(q);
    // Asking the page whether it is done would be work, too.
    await page.waitForTimeout(1800);
    const after = await metrics();
    const spent = (name) => after[name] - before[name];
    await settled(page, q);
    return { script: spent("ScriptDuration"), all: spent("TaskDuration") - spent("LayoutDuration") - spent("RecalcStyleDuration") };
  };
  const slowed = async (page, session) => {
    const client = await session.newCDPSession(page);
    await client.send("Performance.enable", { timeDomain: "threadTicks" });
    await client.send("Emulation.setCPUThrottlingRate", { rate: 4 });
    await page.goto(`${site.origin}/search/`);
    return client;
  };
  for (const q of QUERIES) {
    await visit(async (page, session) => figures.first.push(await worked(page, await slowed(page, session), q)));
  }
  await visit(async (page, session) => {
    const client = await slowed(page, session);
    await worked(page, client, "安全");
    for (const q of QUERIES) figures.later.push(await worked(page, client, q));
  });
  for (const [name, row] of Object.entries(figures)) {
    for (const count of ["script", "all"]) {
      const times = row.map((one) => one[count]);
      context.diagnostic(`at a quarter of the speed, ${name} query, ${count}: median ${median(times).toFixed(0)} ms, worst ${Math.max(...times).toFixed(0)} ms`);
    }
  }
});

test("pictures", { skip: !PICTURES }, async () => {
  mkdirSync(PICTURES, { recursive: true });
  for (const width of [360, 1280]) {
    for (const colorScheme of ["light", "dark"]) {
      await visit(async (page) => {
        for (const [name, q] of [["results", "动火作业"], ["nothing", "嗯火"], ["empty", ""]]) {
          await open(page, q);
          await page.screenshot({ path: join(PICTURES, `${name}-${width}-${colorScheme}.png`) });
        }
      }, { viewport: { width, height: width === 360 ? 740 : 800 }, colorScheme });
    }
  }
});
