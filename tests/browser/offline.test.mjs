// Reading without a connection, in Chromium: what was read, industries that are kept, and that nobody is held by an old
// version. `check` gives the program and the folder of the project. Playwright's `setOffline` does not reach what a
// worker fetches (microsoft/playwright#2311), so the server drops every connection as well.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ANJIAN, PICTURES, SETTLED, SITE, meet, site, visit } from "./reader.mjs";

const { PROJECT } = process.env;
const CHECKLIST = "content/industries/gas/checklist.toml";
const NEW = "甲乙丙丁新版标记";
/** Folders with further builds: changed, switched off. */
let work, changed, off;

function build(edit, name) {
  for (const [path, from, to] of edit) {
    const file = join(work, "site", path);
    const text = readFileSync(file, "utf8");
    assert.ok(text.includes(from), `${path} holds ${from}`);
    writeFileSync(file, text.replace(from, to));
  }
  const built = spawnSync(ANJIAN, ["--lang", "en", "build", "--root", join(work, "site"), "--output", join(work, "out")], { encoding: "utf8" });
  assert.equal(built.status, 0, built.stdout + built.stderr);
  cpSync(join(work, "out"), join(work, name), { recursive: true });
  return join(work, name);
}

meet(() => {
  work = mkdtempSync(join(tmpdir(), "offline-"));
  cpSync(join(PROJECT, "content"), join(work, "site/content"), { recursive: true });
  cpSync(join(PROJECT, "themes"), join(work, "site/themes"), { recursive: true });
  const title = readFileSync(join(work, "site", CHECKLIST), "utf8").match(/^title = "([^"]*)"/m)[1];
  cpSync(join(PROJECT, "tests/browser/photo.jpg"), join(work, "site/content/about/photo.jpg"));
  writeFileSync(join(work, "site/content/about/photo.md"), "# 照片\n\n![阀门](photo.jpg)\n");
  changed = build([[CHECKLIST, `title = "${title}"`, `title = "${title}${NEW}"`]], "changed");
  off = build([["content/site.toml", "\noffline = true\n", "\noffline = false\n"]], "off");
  return SITE;
});
after(() => { if (work) rmSync(work, { recursive: true, force: true }); });

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** A connection that fails is told on the console; anything else may not be. */
const ALLOWED = { serviceWorkers: "allow", let_pass: /^Failed to load resource: (net::ERR_|.* 404 )|^The FetchEvent for .* network error response/ };
const reading = (use, options = {}) => visit(use, { ...ALLOWED, ...options });

const root = () => site.origin + site.base;
const go = (page, path) => page.goto(root() + path);
const line = (page) => page.locator(".kept").evaluate((one) => (one.checkVisibility() ? one.innerText.replace(/\s+/g, " ").trim() : null));

async function offline(context) {
  await context.setOffline(true);
  site.rule(/./, () => null);
}
async function online(context) {
  site.rules = [];
  await context.setOffline(false);
}

/** Waits until `look(argument)`, run in the page, holds. Playwright's own takes a promise for a yes. */
async function until(page, look, argument) {
  const end = Date.now() + 20_000;
  while (!await page.evaluate(look, argument)) {
    assert.ok(Date.now() < end, `waited in vain for ${look}`);
    await page.evaluate(() => new Promise((done) => { setTimeout(done, 50); }));
  }
}
/** The worker is in charge of the page. */
const inCharge = (page) => until(page, () => navigator.serviceWorker.controller?.state === "activated");
/** A copy of an address is in a room of what is kept; `text` stands in it. */
const isKept = (page, path, room, text = "") => until(page, async ([url, room, text]) => {
  for (const name of await caches.keys()) {
    if (!name.endsWith(` ${room}`)) continue;
    const answer = await (await caches.open(name)).match(url);
    if (answer && (await answer.text()).includes(text)) return true;
  }
  return false;
}, [root() + path, room, text]);
/** Addresses in a room. */
const room = (page, name) => page.evaluate(async ([name, root]) => {
  const whole = (await caches.keys()).find((one) => one.endsWith(` ${name}`));
  return whole ? (await (await caches.open(whole)).keys()).map(({ url }) => decodeURI(url.slice(root.length))) : [];
}, [name, root()]);

async function pin(page, path = "industries/gas/") {
  await go(page, path);
  await page.waitForSelector("[data-drawn]");
  await page.click("[data-pin=gas] button");
  await page.waitForSelector(".pin--kept[data-pin=gas]");
}

async function search(page, text) {
  await go(page, `search/?q=${encodeURIComponent(text)}`);
  await page.waitForSelector(SETTLED);
  return page.$$eval(".hit__link", (links) => links.map((link) => link.pathname));
}

const picture = (page, name) => (PICTURES ? page.screenshot({ path: join(PICTURES, `${name}.png`) }) : null);

test("what was read is there without a network and says of when it is", async () => {
  await reading(async (page, context) => {
    await go(page, "industries/gas/guide/");
    await inCharge(page);
    await go(page, "industries/gas/patrol/");
    // The page during which the worker came is kept too.
    for (const path of ["industries/gas/patrol/", "industries/gas/guide/"]) await isKept(page, path, "pages");
    assert.equal(await line(page), null, "nothing is said online");
    const title = await page.textContent("h1");
    await offline(context);
    await page.reload();
    assert.equal(await page.textContent("h1"), title);
    assert.match(await line(page), /^您现在离线，看到的是 20\d\d年\d+月\d+日 \d\d:\d\d 保存的副本。 再试一次 看已保存的内容$/);
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector(".kept")).backgroundColor), "rgba(0, 0, 0, 0)", "it is styled");
    await page.emulateMedia({ media: "print" });
    assert.equal(await line(page), null, "paper does not say it");
    await page.emulateMedia({ media: "screen" });
    await page.click(".kept__link >> nth=1");
    await page.waitForSelector(".pins__read .entry");
    assert.deepEqual((await page.$$eval(".pins__read .entry__link", (links) => links.map((link) => link.pathname))).toSorted(), ["/industries/gas/guide/", "/industries/gas/patrol/"]);
    await page.click(".pins__read .entry__link >> nth=0");
    await page.waitForURL(/industries\/gas\/(guide|patrol)\/$/);
    await online(context);
    await page.click(".kept__link >> nth=0");
    await until(page, () => !document.querySelector(".kept").checkVisibility());
  });
});

test("what is not kept gives way to the page that says so, under its own address", async () => {
  await reading(async (page, context) => {
    await go(page, "");
    await inCharge(page);
    await offline(context);
    await go(page, "industries/gas/checklist/#item");
    assert.ok(await page.locator(".lost").isVisible());
    assert.match(await page.innerText(".lost"), /这一页没有保存，现在又连不上网。/);
    assert.equal(await page.evaluate(() => location.pathname), "/industries/gas/checklist/");
    await page.waitForSelector("[data-drawn]");
    assert.equal(await page.locator(".pins__row").count(), 6);
    assert.notEqual(await page.evaluate(() => getComputedStyle(document.querySelector(".pin__button")).borderColor), "");
    await page.click("[data-pin=gas] button");
    assert.match(await page.textContent("[data-pin=gas] [role=status]"), /^没有保存成：连不上网/);
    await page.click(".header__brand");
    await page.waitForURL(root());
    // Without the final slash as well.
    await go(page, "offline");
    assert.equal(page.url(), `${root()}offline/`);
    await online(context);
    await go(page, "industries/gas/checklist/");
    assert.equal(await page.locator(".lost").count(), 0);
  });
});

for (const base of ["/", "/some/where/"]) {
  test(`a pinned industry is there without a network, with search and files, at ${base}`, async () => {
    site.base = base;
    await reading(async (page, context) => {
      await pin(page);
      assert.match(await page.textContent("[data-pin=gas] [role=status]"), /^已保存 \d\.\d MB，20\d\d年.* 与网站一致。$/);
      await offline(context);
      await page.reload();
      assert.match(await line(page), /^您现在离线/);
      await page.click(".spec__link[href$='checklist/'] >> nth=0");
      await page.waitForURL(/\/checklist\/$/);
      const words = (await page.textContent(".clause-item__text, .clause-item p")).trim().slice(4, 14);
      const found = await search(page, words);
      assert.ok(found.includes(`${base}industries/gas/checklist/`), `${words}: ${found}`);
      await page.click(`.hit__link[href*="industries/gas/checklist/"] >> nth=0`);
      await page.waitForURL(/\/checklist\//);
      const template = await page.evaluate(async (base) => (await (await caches.open((await caches.keys()).find((name) => name.endsWith(" pinned")))).keys())
        .map(({ url }) => new URL(url).pathname).find((path) => path.startsWith(`${base}templates/registers/`) && path.split("/").length > base.split("/").length + 2 && path.endsWith("/")), base);
      await page.goto(site.origin + template);
      assert.match(await line(page), /^您现在离线/);
      const saved = async () => {
        const link = page.locator("a.download").first();
        const path = await link.evaluate((one) => decodeURIComponent(one.pathname));
        const [file] = await Promise.all([page.waitForEvent("download"), link.click()]);
        assert.deepEqual(readFileSync(await file.path()), readFileSync(join(SITE, path.slice(base.length))));
        return file.suggestedFilename();
      };
      const named = await saved();
      assert.match(named, /^\p{Script=Han}.*\.xlsx$/u);
      // From a page that was opened while there was a network, too.
      await online(context);
      await page.reload();
      assert.equal(await line(page), null);
      assert.equal(await page.locator("a[download]").count(), 1);
      await offline(context);
      assert.equal(await saved(), named);
      // Everything that the hub leads to in the industry's own folder, and its templates.
      await go(page, "industries/gas/");
      const links = await page.$$eval("#section-specifications a, #section-templates a", (all) => all.map((one) => one.href));
      assert.ok(links.length > 40);
      const lost = await page.evaluate(async (links) => {
        const answers = await Promise.all(links.map((link) => fetch(link).then((answer) => answer.ok, () => false)));
        return links.filter((_, at) => !answers[at]);
      }, links);
      assert.deepEqual(lost, []);
      // Removed without a network.
      await go(page, "offline/");
      await page.waitForSelector(".pin--kept[data-pin=gas]");
      await page.click("[data-pin=gas] button");
      await page.waitForSelector("[data-pin=gas]:not(.pin--kept)");
      assert.deepEqual(await room(page, "pinned"), ["offline/state"]);
    });
  });
}

test("two industries share what is common; one is removed and the other stays whole", async () => {
  await reading(async (page) => {
    await pin(page, "offline/");
    const first = await room(page, "pinned");
    await page.click("[data-pin=water-supply] button");
    await page.waitForSelector(".pin--kept[data-pin=water-supply]");
    const both = await room(page, "pinned");
    assert.ok(both.length < first.length * 1.5, `${both.length} and ${first.length}`);
    await page.click("[data-pin=water-supply] button");
    await page.waitForSelector("[data-pin=water-supply]:not(.pin--kept)");
    assert.deepEqual((await room(page, "pinned")).toSorted(), first.toSorted());
  });
});

test("what breaks off is not kept in part, is told, and goes on where it stopped", async () => {
  await reading(async (page) => {
    await go(page, "industries/gas/");
    await page.waitForSelector("[data-drawn]");
    assert.match(await page.textContent("[data-pin=gas] [role=status]"), /^(约 4\.\d MB)?$/);
    site.rule(/\/templates\/letters\/[^/]+\/$/, () => 503);
    await page.click("[data-pin=gas] button");
    await until(page, () => /^没有保存成：连不上网/.test(document.querySelector("[data-pin=gas] [role=status]").textContent));
    assert.deepEqual(await room(page, "pinned"), ["offline/state"], "nothing counts as kept");
    const aside = await room(page, "next");
    assert.ok(aside.length > 20, `${aside.length}`);
    site.reset();
    await page.click("[data-pin=gas] button");
    await page.waitForSelector(".pin--kept[data-pin=gas]");
    const again = site.sent.map(({ path }) => path.slice(1)).filter((path) => aside.includes(path));
    assert.deepEqual(again, [], "what was fetched is not fetched again");
    assert.deepEqual(await room(page, "next"), []);
  });
});

test("a worker that the browser stops goes on when the page asks again", async () => {
  await reading(async (page, context) => {
    await page.addInitScript(() => {
      const wait = setInterval;
      // Every twenty seconds, by what readers know.
      window.setInterval = (task) => wait(task, 300);
    });
    await go(page, "industries/gas/");
    await page.waitForSelector("[data-drawn]");
    const release = site.hold(/\/templates\/letters\/[^/]+\/$/);
    await page.click("[data-pin=gas] button");
    await until(page, async () => {
      const name = (await caches.keys()).find((one) => one.endsWith(" next"));
      return name && (await (await caches.open(name)).keys()).length > 20;
    });
    const devtools = await context.newCDPSession(page);
    await devtools.send("ServiceWorker.enable");
    await devtools.send("ServiceWorker.stopAllWorkers");
    release();
    await page.waitForSelector(".pin--kept[data-pin=gas]");
  });
});

test("too little room is told", async () => {
  await reading(async (page, context) => {
    await go(page, "industries/gas/");
    await page.waitForSelector("[data-drawn]");
    const devtools = await context.newCDPSession(page);
    await devtools.send("Storage.overrideQuotaForOrigin", { origin: site.origin, quotaSize: 1_000_000 });
    await page.click("[data-pin=gas] button");
    await until(page, () => /^没有保存成：手机存储空间不够/.test(document.querySelector("[data-pin=gas] [role=status]").textContent));
    assert.deepEqual(await room(page, "next"), [], "what was fetched in vain is dropped");
  });
});

test("a slow network gives way to the copy, which is renewed when the answer comes", async () => {
  await reading(async (page) => {
    await go(page, "industries/gas/checklist/");
    await inCharge(page);
    await isKept(page, "industries/gas/checklist/", "pages");
    const release = site.hold(/\/checklist\/$/);
    site.root = changed;
    const start = Date.now();
    await page.reload();
    assert.ok(Date.now() - start >= 3900);
    assert.match(await line(page), /^网络太慢或连不上，看到的是 20/);
    assert.ok(!(await page.textContent("h1")).includes(NEW));
    release();
    await isKept(page, "industries/gas/checklist/", "pages", NEW);
  });
});

test("another build shows at the first load, and what is pinned follows", async () => {
  await reading(async (page, context) => {
    await pin(page);
    site.root = changed;
    await go(page, "industries/gas/checklist/");
    assert.ok((await page.textContent("h1")).includes(NEW));
    assert.equal(await line(page), null);
    // Not in the same visit.
    await isKept(page, "industries/gas/checklist/", "pages", NEW);
    assert.equal(site.sent.filter(({ path }) => path.endsWith("lists.json")).length, 3, "the size, and before and after pinning");
    const hour = 3_600_000;
    await page.evaluate(async ([hour, url]) => {
      const cache = await caches.open((await caches.keys()).find((name) => name.endsWith(" pinned")));
      const state = await (await cache.match(url)).json();
      await cache.put(url, new Response(JSON.stringify({ checked: state.checked - hour, tried: state.tried - hour })));
    }, [hour, `${root()}offline/state`]);
    site.sent = [];
    await go(page, "industries/");
    await isKept(page, "industries/gas/checklist/", "pinned", NEW);
    await until(page, async (url) => {
      const cache = await caches.open((await caches.keys()).find((name) => name.endsWith(" pinned")));
      return Date.now() - (await (await cache.match(url)).json()).checked < 600_000;
    }, `${root()}offline/state`);
    assert.ok(site.below("/templates/registers/").length === 0, "what has not changed is not fetched");
    await offline(context);
    assert.ok((await search(page, NEW)).includes("/industries/gas/checklist/"));
    await go(page, "industries/gas/checklist/");
    assert.ok((await page.textContent("h1")).includes(NEW));
  });
});

test("a photograph that was kept in one width stands for the others", async () => {
  await reading(async (page, context) => {
    site.root = changed;
    await go(page, "about/");
    await inCharge(page);
    await go(page, "about/photo/");
    await isKept(page, "about/photo.jpg.960.webp", "files");
    await offline(context);
    const width = (name) => page.evaluate(async (url) => {
      const answer = await fetch(url).catch(() => null);
      return answer && (await createImageBitmap(await answer.blob())).width;
    }, `${root()}about/${name}`);
    assert.equal(await width("photo.jpg.480.webp"), 960);
    assert.equal(await width("other.jpg.480.webp"), null);
  });
});

test("switched off, the worker goes and takes along what it kept", async () => {
  await reading(async (page) => {
    await pin(page);
    await page.evaluate(() => caches.open("of somebody else"));
    site.root = off;
    await go(page, "industries/gas/guide/");
    await until(page, async () => (await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).join() === "of somebody else");
    await page.reload();
    assert.equal(await page.evaluate(() => navigator.serviceWorker.controller), null);
    assert.equal(await page.locator("[data-pin], .kept, a[href$='offline/']").count(), 0);
    await go(page, "");
    // A page that the browser itself still had may register once more, and is given the worker that goes.
    await until(page, async () => (await navigator.serviceWorker.getRegistrations()).length === 0 && (await caches.keys()).length === 1);
  });
});

test("an older worker is replaced, with what it kept", async () => {
  await reading(async (page) => {
    site.rule(/\/sw\.js$/, () => Buffer.from(`
      addEventListener("install", (event) => { skipWaiting(); event.waitUntil(caches.open("anjian / former").then((cache) => cache.put("/industries/gas/guide/", new Response("<title>old</title>", { headers: { "Content-Type": "text/html" } })))); });
      addEventListener("activate", (event) => event.waitUntil(clients.claim()));
      addEventListener("fetch", (event) => event.respondWith(caches.match(event.request).then((kept) => kept ?? fetch(event.request))));`));
    await go(page, "");
    await inCharge(page);
    await go(page, "industries/gas/guide/");
    assert.equal(await page.title(), "old", "the old one answers");
    site.reset();
    // Browsers look for another worker when a page is opened.
    await go(page, "");
    await until(page, async () => !(await caches.keys()).includes("anjian / former"));
    await go(page, "industries/gas/guide/");
    assert.notEqual(await page.title(), "old");
  });
});

test("what was read is bounded, and what was not read for longest goes first", async () => {
  await reading(async (page) => {
    await go(page, "");
    await inCharge(page);
    const paths = JSON.parse(readFileSync(join(SITE, "catalogue.json"), "utf8")).map(({ url }) => decodeURI(new URL(url).pathname).slice(1)).slice(0, 120);
    await page.evaluate(async ([root, paths]) => { for (const path of paths) await fetch(root + path); }, [root(), paths]);
    await isKept(page, encodeURI(paths.at(-1)), "pages");
    await until(page, async () => (await (await caches.open((await caches.keys()).find((name) => name.endsWith(" pages")))).keys()).length === 100);
    assert.deepEqual((await room(page, "pages")).toSorted(), paths.slice(-100).toSorted());
  });
});

test("a page that is gone is not shown from what was kept, and errors are never kept", async () => {
  await reading(async (page, context) => {
    await go(page, "industries/gas/guide/");
    await inCharge(page);
    await isKept(page, "industries/gas/guide/", "pages");
    site.rule(/\/guide\/$/, () => 404);
    await page.reload();
    assert.equal(await page.textContent(".empty__code"), "404");
    await until(page, async (url) => !await caches.match(url), `${root()}industries/gas/guide/`);
    await offline(context);
    await page.reload();
    assert.equal(await page.locator(".lost:not([hidden])").count(), 1);
  }, { let_pass: /^Failed to load resource/ });
});

for (const width of [360, 768, 1280]) {
  test(`the line and the page of what is kept have no finding of axe, at ${width} pixels`, async () => {
    await reading(async (page, context) => {
      const look = async (name) => {
        for (const [mode, set] of [
          ["light", () => page.emulateMedia({ colorScheme: "light" })], ["dark", () => page.emulateMedia({ colorScheme: "dark" })],
          ["large", async () => { await page.emulateMedia({ colorScheme: "light" }); await page.evaluate(() => { document.documentElement.dataset.print = "large"; }); }],
        ]) {
          await set();
          await page.evaluate(AXE);
          const found = await page.evaluate(async () => (await axe.run(document, { resultTypes: ["violations"], preload: false })).violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`));
          assert.deepEqual(found, [], `${name}, ${mode}`);
          const heights = await page.$$eval(".kept__link, .pin__button, .pins__industry", (all) => all.filter((one) => one.checkVisibility()).map((one) => one.getBoundingClientRect().height));
          assert.ok(heights.length && heights.every((height) => height >= (mode === "large" ? 60 : 44)), `${name}, ${mode}: ${heights}`);
          assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}, ${mode}: nothing scrolls sideways`);
          await picture(page, `offline-${name}-${mode}-${width}`);
        }
        await page.evaluate(() => { delete document.documentElement.dataset.print; });
      };
      await pin(page, "offline/");
      await look("kept");
      await offline(context);
      await go(page, "industries/gas/");
      await page.waitForSelector(".pin--kept");
      await look("hub");
      await go(page, "industries/water-supply/");
      await page.waitForSelector("[data-drawn]");
      await look("lost");
    }, { viewport: { width, height: 800 }, reducedMotion: "reduce" });
  });
}

test("a host that is not secure has no worker, and the page says that nothing can be kept", async () => {
  await reading(async (page) => {
    await page.addInitScript(() => { delete Navigator.prototype.serviceWorker; });
    await go(page, "offline/");
    await until(page, () => document.querySelector("[data-pin=gas] [role=status]").textContent === "这个浏览器不能离线保存。");
    assert.equal(await page.locator(".pin__button:visible").count(), 0);
  });
});
