// The shipped site on paper, and the links of clauses, in Chromium. `check` builds the site and gives its folder.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { PICTURES, meet, site, visit } from "./reader.mjs";

let folder;
meet();
before(() => { folder = mkdtempSync(join(tmpdir(), "anjian-print-")); });
after(() => { if (folder) rmSync(folder, { recursive: true }); });

/** Without spaces, and with characters as they are typed: fonts name some of them as radicals. */
const tight = (text) => text.normalize("NFKC").replace(/\s/gu, "");

/** Prints what `page` shows: width and height in points, and the text of each sheet. */
async function print(page, name) {
  const file = join(folder, `${name}.pdf`);
  await page.evaluate(() => document.fonts.ready);
  await page.pdf({ path: file, preferCSSPageSize: true });
  if (PICTURES) {
    mkdirSync(PICTURES, { recursive: true });
    execFileSync("pdftoppm", ["-r", "50", "-png", file, join(PICTURES, `print-${name}`)]);
  }
  const facts = execFileSync("pdfinfo", ["-f", "1", "-l", "-1", file], { encoding: "utf8" });
  const sizes = [...facts.matchAll(/size:\s+([\d.]+) x ([\d.]+) pts/g)].map(([, width, height]) => [Math.round(width), Math.round(height)]);
  const text = execFileSync("pdftotext", ["-raw", "-enc", "UTF-8", file, "-"], { encoding: "utf8", maxBuffer: 1 << 26 });
  return { file, sizes, sheets: text.split("\f").slice(0, -1).map(tight) };
}

/** What the page has in print, told by the page itself. */
const contents = (page) => page.evaluate(() => {
  const seen = (one) => one.checkVisibility();
  const texts = (selector) => [...document.querySelectorAll(selector)].filter(seen).map((one) => one.innerText);
  const root = document.documentElement.dataset;
  return {
    title: root.runningTitle, note: root.runningNote, address: root.runningAddress,
    headings: texts("main :is(h1, h2, h3)"),
    facts: texts(".facts__value, .policy-head__value"),
    clauses: [...document.querySelectorAll(".clause-item, .rules-table__row, .vetoes__item, .patrol__item")].filter(seen).map((one) => ({
      id: one.id,
      parts: [...one.querySelectorAll("p, dd, td")].filter((part) => seen(part) && !part.querySelector("p, ul, div")).map((part) => part.innerText),
    })),
    risks: texts(".risk"),
    unframed: [...document.querySelectorAll(".risk")].filter((one) => seen(one) && getComputedStyle(one).borderTopStyle === "none").length,
    tables: [...document.querySelectorAll("main table")].filter((one) => seen(one) && one.tHead).map((one) => one.tHead.innerText),
    furniture: [...document.querySelectorAll(".skip-link, .header, .footer, .breadcrumbs, .toc, .pager, .offer, .keywords, .search-form, .print-button, .display, .attachments, .heading-anchor, main button, main form")]
      .filter(seen).map((one) => one.className || one.localName),
  };
});

// Words of the frame of a page that its text does not use.
const FRAME = ["跳到正文", "搜索条款、案例、模板", "订阅更新", "全部文档目录", "大字版", "打印本页", "打印挂图", "本页内容", "用WPS或", "当前位置", "已复制链接"];

/** Prints one page and claims what every printed page has. */
async function sheet(page, path, most, { name = path.replaceAll("/", "-").slice(0, -1), running = true, wide = false } = {}) {
  await page.emulateMedia({ media: "screen" });
  await page.goto(`${site.origin}/${path}`);
  await page.emulateMedia({ media: "print" });
  const has = await contents(page);
  const { sizes, sheets, file } = await print(page, name);
  assert.deepEqual(sizes, sheets.map(() => wide ? [842, 595] : [595, 842]), `${path}: A4`);
  assert.ok(sheets.length <= most, `${path}: ${sheets.length} sheets`);
  assert.deepEqual(has.furniture, [], path);
  assert.deepEqual(has.address, `https://aqsc.example.gov.cn/${path}`);
  const whole = sheets.join("");
  for (const [at, text] of sheets.entries()) {
    const where = `${path}, sheet ${at + 1}`;
    const around = [tight(has.address), `${at + 1}/${sheets.length}`, ...(running ? [tight(has.title), tight(has.note)] : [])];
    for (const part of around) assert.ok(text.includes(part), `${where}: ${part} is missing in ${text.slice(0, 200)}`);
    assert.ok(text.length > around.join("").length + 20, `${where} is empty: ${text}`);
    for (const word of FRAME) assert.ok(!text.includes(word), `${where}: ${word}`);
  }
  const rest = tight(whole);
  for (const text of [...has.headings, ...has.facts]) {
    for (const line of text.split("\n")) assert.ok(rest.includes(tight(line)), `${path}: “${line}” is missing`);
  }
  // A clause stands on one sheet, whole, with its name.
  for (const { id, parts } of has.clauses) {
    const text = sheets.find((one) => one.includes(tight(parts.find((part) => part.trim().length > 3).split("\n")[0])) && one.includes(tight(`#${id}`).slice(0, 6)));
    assert.ok(text, `${path}: #${id}`);
    for (const part of parts) for (const line of part.split("\n")) assert.ok(text.includes(tight(line)), `${path}: #${id} is torn before “${line}”`);
    assert.ok(text.includes(tight(`#${id}`)), `${path}: #${id} is not named`);
  }
  assert.equal(has.unframed, 0, path);
  for (const risk of has.risks) assert.match(risk, /\S/u, path);
  const words = (row) => row.filter((one) => /^(重大|较大|一般|低)风险$/u.test(one.trim())).length;
  assert.ok((rest.match(/(重大|较大|一般|低)风险/gu) ?? []).length >= words(has.risks), path);
  return { has, sheets, whole: rest, file };
}

test("every kind of specification prints with its clauses whole, its edition and its page numbers", async () => {
  await visit(async (page) => {
    for (const [path, most] of [["checklist", 14], ["checklist-bottle-shop", 6], ["card-delivery", 4], ["guide", 5], ["rules-medium", 10], ["rules-small-micro", 8], ["patrol", 2]]) {
      const { has, sheets } = await sheet(page, `industries/gas/${path}/`, most);
      assert.match(has.note, /^20\d\d版 现行$/u, path);
      if (path !== "guide") assert.ok(has.clauses.length >= 5, path);
      if (!path.startsWith("rules")) continue;
      // The head stands over the rows of every sheet.
      const rows = sheets.filter((one) => /#gas-[sm]+-\d/u.test(one));
      assert.ok(rows.length > 2, path);
      for (const text of rows) {
        const head = text.indexOf(tight(has.tables[0]));
        assert.ok(head >= 0 && head < text.search(/#gas-[sm]+-\d/u), `${path}: no head over ${text.slice(0, 120)}`);
      }
    }
  });
});

test("every industry's specifications keep their clauses whole", async () => {
  await visit(async (page) => {
    for (const industry of ["city-park", "muck-haulage", "sewage-treatment", "waste-treatment", "water-supply"]) {
      for (const [kind, most] of [["checklist", 18], ["rules-medium", 11], ["patrol", 3]]) await sheet(page, `industries/${industry}/${kind}/`, most);
    }
  });
});

test("letters, permits and cards are printed alone", async () => {
  await visit(async (page) => {
    for (const [path, most] of [["permit-hot-work", 2], ["card-post-risk", 1], ["card-emergency", 1], ["pledge", 1], ["notice", 2], ["plan-annual", 3]]) {
      const { has, sheets, whole } = await sheet(page, `templates/letters/${path}/`, most, { running: false });
      const text = sheets[0].replace(`1/${sheets.length}`, "").replace(tight(has.address), "");
      assert.ok(text.startsWith(tight(has.title)), `${path} begins with ${text.slice(0, 60)}`);
      assert.ok(!whole.includes("要填的地方"), path);
    }
  });
});

test("cases, policies, methods, references, lists and tables print", async () => {
  await visit(async (page) => {
    for (const [path, most, more] of [
      ["cases/enforcement/sample-hot-work/", 3], ["cases/benchmark/sample-jia-gas/", 4], ["policies/dehua-2025/", 5],
      ["methods/33456/", 6], ["methods/six-haves/", 6], ["methods/four-colours/", 6], ["references/gb2894-2025/", 3],
      ["references/work-safety-law/", 40], ["industries/gas/", 12], ["glossary/", 18], ["timeline/", 8],
      ["templates/registers/hazard-list/", 4, { wide: true }], ["templates/forms/dehua-2025-quarterly-2/", 4, { wide: true }],
      ["templates/forms/benchmark-summary/", 9],
    ]) await sheet(page, path, most, more);
  });
});

test("large letters and the dark mode are left on the screen", async () => {
  await visit(async (page) => {
    await page.addInitScript(() => localStorage.setItem("anjian-display", JSON.stringify({ large: true, theme: "dark" })));
    await sheet(page, "industries/gas/patrol/", 2, { name: "patrol-large" });
    const [ink, paper, size] = await page.evaluate(() => [getComputedStyle(document.body).color, getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(document.documentElement).fontSize]);
    assert.deepEqual([ink, paper, size], ["rgb(0, 0, 0)", "rgb(255, 255, 255)", "14px"]);
  });
});

test("a repealed edition says so over every sheet", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/industries/gas/checklist-2025/`);
    const { sheets } = await print(page, "repealed");
    assert.ok(sheets.length > 3 && sheets.every((text) => text.includes("2025版废止")));
  });
});

test("addresses of other sites are printed, those of this site are not", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/methods/5s/`);
    await page.evaluate(() => {
      const link = Object.assign(document.createElement("a"), { href: "https://example.org/law", textContent: "原文" });
      document.querySelector(".prose p").append(link);
    });
    const { sheets } = await print(page, "links");
    const whole = sheets.join("");
    assert.ok(whole.includes("原文(https://example.org/law)"));
    assert.ok(!whole.includes(new URL(site.origin).host) && !whole.includes("../"));
  });
});

/** The share of a sheet, over its foot, from the first to the last dark point: across and down. */
function filled(file, sheet) {
  const bytes = execFileSync("pdftoppm", ["-r", "20", "-gray", "-f", sheet, "-l", sheet, file], { maxBuffer: 1 << 26 });
  const [head, width, height] = bytes.toString("latin1", 0, 40).match(/^P5\s(\d+)\s(\d+)\s255\s/u);
  let [left, right, top, bottom] = [Infinity, 0, Infinity, 0];
  for (let y = 0; y < height * 0.94; y++) {
    for (let x = 0; x < width; x++) {
      if (bytes[head.length + y * width + x] > 245) continue;
      [left, right, top, bottom] = [Math.min(left, x), Math.max(right, x), Math.min(top, y), Math.max(bottom, y)];
    }
  }
  return [(right - left) / width, (bottom - top) / height];
}

test("posters: each drawing fills a sheet, under its caption", async () => {
  await visit(async (page) => {
    await page.addInitScript(() => { globalThis.print = () => { globalThis.printed = (globalThis.printed ?? 0) + 1; }; });
    for (const [path, count] of [["six-haves", 2], ["four-colours", 1]]) {
      await page.goto(`${site.origin}/methods/${path}/`);
      const captions = await page.$$eval(".prose > .figure > figcaption", (all) => all.map((one) => one.textContent));
      assert.equal(captions.length, count);
      await page.getByRole("button", { name: "打印挂图" }).click();
      assert.equal(await page.evaluate(() => globalThis.printed), 1);
      const { sheets, sizes, file } = await print(page, `poster-${path}`);
      assert.deepEqual(sizes, captions.map(() => [595, 842]));
      for (const [at, text] of sheets.entries()) {
        assert.ok(text.includes(tight(captions[at])) && !text.includes("常见错误"), text);
        const [across, down] = filled(file, String(at + 1));
        assert.ok(across > 0.75 && down > 0.7, `${path} ${at + 1}: ${across} × ${down}`);
      }
      // Afterwards the page is printed whole again.
      await page.evaluate(() => dispatchEvent(new Event("afterprint")));
      assert.equal(await page.evaluate(() => document.documentElement.dataset.printing), undefined);
    }
  });
});

test("a button prints the page; without scripts there is none", async () => {
  for (const path of ["industries/gas/checklist/", "industries/gas/guide/", "methods/5s/", "templates/letters/pledge/", "policies/dehua-2025/", "references/work-safety-law/", "industries/gas/"]) {
    await visit(async (page) => {
      await page.addInitScript(() => { globalThis.print = () => { globalThis.printed = true; }; });
      await page.goto(`${site.origin}/${path}`);
      const button = page.getByRole("button", { name: "打印本页" });
      const { width, height } = await button.boundingBox();
      assert.ok(width >= 44 && height >= 44, `${path}: ${width} × ${height}`);
      await button.focus();
      await page.keyboard.press("Enter");
      assert.equal(await page.evaluate(() => globalThis.printed), true, path);
      assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), true, path);
    }, { viewport: { width: 360, height: 740 } });
    await visit(async (page) => {
      await page.goto(`${site.origin}/${path}`);
      assert.equal(await page.locator("[data-print]").first().isVisible(), false, path);
    }, { javaScriptEnabled: false });
  }
});

const CLAUSES = [["industries/gas/checklist/", "gas-102", ".clause-item__number"], ["industries/gas/rules-medium/", "gas-m-101", ".rules-table__number"],
  ["industries/gas/rules-medium/", "gas-m-veto-2", ".vetoes__number"], ["industries/gas/patrol/", "look-live-in", ".patrol__number"]];
const told = (page) => page.waitForFunction(() => document.querySelector(".copied").textContent === "已复制链接");

test("a clause's number copies its address, by pointer and by keyboard", async () => {
  for (const [path, id, number] of CLAUSES) {
    for (const width of [360, 1280]) {
      await visit(async (page, context) => {
        await context.grantPermissions(["clipboard-read", "clipboard-write"]);
        await page.goto(`${site.origin}/${path}`);
        const link = page.locator(`${number}[href="#${id}"]`);
        const live = page.locator(".copied");
        assert.deepEqual([await live.getAttribute("role"), await live.textContent()], ["status", ""]);
        const copied = () => page.evaluate(() => navigator.clipboard.readText());
        const address = `${site.origin}/${path}#${id}`;
        await link.click();
        await told(page);
        assert.deepEqual([await copied(), page.url()], [address, address]);
        assert.equal(await page.locator(`[id="${id}"]`).evaluate((one) => one.matches(":target")), true);
        const box = await live.boundingBox();
        assert.ok(box.x >= 0 && box.x + box.width <= width && box.y + box.height <= 740, JSON.stringify(box));
        assert.equal(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth), true);

        await page.goto(`${site.origin}/${path}`);
        await page.evaluate(() => navigator.clipboard.writeText(""));
        await link.focus();
        await page.keyboard.press("Enter");
        await told(page);
        assert.deepEqual([await copied(), page.url()], [address, address]);
        assert.equal(await link.evaluate((one) => one === document.activeElement), true, "the focus stays");
      }, { viewport: { width, height: 740 } });
    }
  }
});

test("where copying is refused or unknown, the link is followed and nothing is told", async () => {
  const [path, id, number] = CLAUSES[0];
  const ways = {
    refused: () => { Clipboard.prototype.writeText = () => { globalThis.asked = true; return Promise.reject(new DOMException("no", "NotAllowedError")); }; },
    unknown: () => { globalThis.asked = true; Object.defineProperty(Navigator.prototype, "clipboard", { value: undefined }); },
  };
  for (const [name, way] of Object.entries(ways)) {
    await visit(async (page) => {
      await page.addInitScript(way);
      await page.goto(`${site.origin}/${path}`);
      await page.locator(`${number}[href="#${id}"]`).click();
      await page.waitForURL(`${site.origin}/${path}#${id}`);
      assert.equal(await page.evaluate(() => globalThis.asked), true);
      // Two frames later than the page would have told.
      await page.evaluate(() => new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(() => requestAnimationFrame(done))); }));
      assert.equal(await page.textContent(".copied"), "", name);
    });
  }
  await visit(async (page) => {
    await page.goto(`${site.origin}/${path}`);
    await page.locator(`${number}[href="#${id}"]`).click();
    assert.equal(page.url(), `${site.origin}/${path}#${id}`);
  }, { javaScriptEnabled: false });
});
