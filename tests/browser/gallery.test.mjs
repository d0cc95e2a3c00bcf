// A gallery of 500 cases in Chromium: facets that combine, held against a plain calculation over the same random cases.
// `check` gives the program and the folder of the project.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ANJIAN, PICTURES, meet, site, visit } from "./reader.mjs";

const { PROJECT } = process.env;
const COUNT = 500;
const VALUES = {
  industry: ["gas", "water-supply", "city-park", "waste-treatment"],
  violation: ["duties", "training", "dangerous-work", "equipment", "hazards"],
  measure: ["order-correction", "fine", "suspend", "talk"],
  year: ["2022", "2023", "2024", "2025", "2026"],
  status: ["typical", "public", "appealed"],
};

/** The same numbers in every run. */
let seed = 20261122;
const random = (below) => {
  seed = (Math.imul(seed, 1103515245) + 12345) >>> 0;
  return Math.floor((seed / 2 ** 32) * below);
};
const some = (all, most) => [...new Set(Array.from({ length: 1 + random(most) }, () => all[random(all.length)]))];

const cases = Array.from({ length: COUNT }, (_, number) => ({
  name: `case-${String(number).padStart(3, "0")}`,
  industry: some(VALUES.industry, 2),
  // Few cases have the last kind, so that some combinations are empty.
  violation: number % 97 === 0 ? ["hazards"] : some(VALUES.violation.slice(0, 4), 2),
  measure: some(VALUES.measure, 3),
  year: [VALUES.year[random(5)]],
  status: [VALUES.status[random(3)]],
}));

const list = (values) => values.map((value) => `"${value}"`).join(", ");
function written(one) {
  const month = 1 + (Number(one.name.slice(5)) % 12);
  const status = one.status[0] === "typical" ? 'form = "typical"' : `form = "record"\nrecord_status = "${one.status[0]}"`;
  return `+++\nkind = "enforcement-case"\ntitle = "第${one.name}号案例"\nindustries = [${list(one.industry)}]\n${status}\n`
    + `date = ${one.year[0]}-${String(month).padStart(2, "0")}-10\n`
    + `authority = "示例局"\nparty = "某企业"\nlesson = "先查后做。"\nviolation_kinds = [${list(one.violation)}]\n`
    + `measures = [${one.measure.map((kind) => `{ kind = "${kind}", target = "enterprise" }`).join(", ")}]\n+++\n案情。\n`;
}

let work;
meet(() => {
  work = mkdtempSync(join(tmpdir(), "gallery-"));
  mkdirSync(join(work, "site/content/cases"), { recursive: true });
  cpSync(join(PROJECT, "content/vocabulary"), join(work, "site/content/vocabulary"), { recursive: true });
  // Withdrawn, repaired and ended records are shown nowhere: a status of the site's own is the third one.
  const statuses = join(work, "site/content/vocabulary/record-status.toml");
  writeFileSync(statuses, `${readFileSync(statuses, "utf8")}\n[[terms]]\nid = "appealed"\ntitle = "复议中"\n`);
  cpSync(join(PROJECT, "themes"), join(work, "site/themes"), { recursive: true });
  writeFileSync(join(work, "site/content/site.toml"), '[rules]\nrecord-incomplete = "off"\n');
  writeFileSync(join(work, "site/content/_index.md"), "# 首页\n\n正文。\n");
  writeFileSync(join(work, "site/content/cases/_index.md"), "# 曝光案例\n\n正文。\n");
  for (const one of cases) writeFileSync(join(work, `site/content/cases/${one.name}.md`), written(one));
  const built = spawnSync(ANJIAN, ["--lang", "en", "build", "--root", join(work, "site"), "--output", join(work, "out")], { encoding: "utf8" });
  assert.equal(built.status, 0, built.stdout + built.stderr);
  return join(work, "out");
});
after(() => { if (work) rmSync(work, { recursive: true, force: true }); });

/** What a plain look over all cases gives: the cases, and for each value the cases there would be with it. */
function reference(picked) {
  const meets = (one, but) => Object.entries(picked).every(([key, values]) => key === but || values.length === 0 || values.some((value) => one[key].includes(value)));
  const counts = {};
  for (const [key, values] of Object.entries(VALUES)) {
    for (const value of values) counts[`${key}:${value}`] = cases.filter((one) => meets(one, key) && one[key].includes(value)).length;
  }
  return { found: cases.filter((one) => meets(one)).map(({ name }) => name).sort(), counts };
}

const query = (picked) => {
  const asked = new URLSearchParams();
  for (const [key, values] of Object.entries(picked)) for (const value of values) asked.append(key, value);
  return asked.toString();
};
const settled = (page, count) => page.waitForFunction(([count]) => (
  !document.querySelector(".gallery[aria-busy]") && document.querySelector(".tally__count").textContent.includes(` ${count} `)), [count]);
const shownCounts = (page) => page.$$eval("[data-facet] input", (boxes) => Object.fromEntries(boxes.map((box) => [
  `${box.name}:${box.value}`, Number(box.closest("label").querySelector(".facets__count").textContent)])));
const disabled = (page) => page.$$eval("[data-facet] input:disabled", (boxes) => boxes.map((box) => `${box.name}:${box.value}`));
async function every(page) {
  for (;;) {
    const more = page.locator(".gallery__more");
    if (!await more.isVisible()) break;
    const before = await page.locator(".cards .card").count();
    await more.click();
    await page.waitForFunction((before) => document.querySelectorAll(".cards .card").length > before, before);
  }
  return (await page.$$eval(".cards .card__link", (links) => links.map((link) => new URL(link.href).pathname.split("/").at(-2)))).sort();
}

test("random choices show the cases and counts of a plain calculation", async () => {
  await visit(async (page) => {
    for (let round = 0; round < 25; round++) {
      const picked = {};
      for (const [key, values] of Object.entries(VALUES)) if (random(2)) picked[key] = some(values, 2);
      if (Object.keys(picked).length === 0) picked.year = ["2024"];
      const wanted = reference(picked);
      await page.goto(`${site.origin}/cases/?${query(picked)}`);
      await settled(page, wanted.found.length);
      assert.deepEqual(await shownCounts(page), wanted.counts, JSON.stringify(picked));
      const chosen = new Set(Object.entries(picked).flatMap(([key, values]) => values.map((value) => `${key}:${value}`)));
      const none = Object.entries(wanted.counts).filter(([value, count]) => count === 0 && !chosen.has(value)).map(([value]) => value);
      assert.deepEqual((await disabled(page)).sort(), none.sort(), "what leads nowhere cannot be chosen");
      if (round < 6) assert.deepEqual(await every(page), wanted.found, JSON.stringify(picked));
    }
  });
});

test("choices stand in the address, and back undoes them one by one", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/cases/`);
    const tick = (key, value) => page.check(`input[name="${key}"][value="${value}"]`);
    await tick("industry", "gas");
    const one = reference({ industry: ["gas"] }).found.length;
    await settled(page, one);
    await tick("year", "2025");
    const two = reference({ industry: ["gas"], year: ["2025"] }).found.length;
    await settled(page, two);
    assert.equal(new URL(page.url()).search, "?industry=gas&year=2025");
    await page.click(".cards .card__link");
    await page.waitForLoadState();
    assert.match(page.url(), /\/cases\/case-\d+\/$/);
    await page.goBack();
    await settled(page, two);
    assert.ok(await page.isChecked('input[name="year"][value="2025"]'));
    await page.goBack();
    await settled(page, one);
    assert.equal(await page.isChecked('input[name="year"][value="2025"]'), false);
    await page.goBack();
    await settled(page, COUNT);
    assert.equal(await page.locator(".pager--list").isVisible(), true, "without a choice the list is as it was");
    await page.goForward();
    await settled(page, one);
    await page.click(".tally__chosen");
    await settled(page, COUNT);
    assert.equal(new URL(page.url()).search, "");
  });
});

test("the cases are fetched once, when a choice first needs them", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/cases/`);
    assert.equal(site.below("/cases/all/").length, 0);
    await page.check('input[name="measure"][value="fine"]');
    await settled(page, reference({ measure: ["fine"] }).found.length);
    await page.check('input[name="measure"][value="talk"]');
    await settled(page, reference({ measure: ["fine", "talk"] }).found.length);
    assert.equal(site.below("/cases/all/").length, 1);
  });
});

test("a failed fetch says so, and the next choice tries again", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/cases/`);
    await page.route("**/cases/all/", (route) => route.abort());
    await page.check('input[name="measure"][value="fine"]');
    await page.waitForFunction(() => document.querySelector(".tally__count").textContent.includes("网络"));
    await page.unroute("**/cases/all/");
    site.reset();
    await page.check('input[name="measure"][value="talk"]');
    await settled(page, reference({ measure: ["fine", "talk"] }).found.length);
  }, { let_pass: /^Failed to load resource/ });
});

test("without scripts every value is a page with the same cases", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/cases/`);
    const links = await page.$$eval("[data-facet] a[data-value]", (links) => links.map((link) => [
      link.closest("[data-facet]").dataset.facet, link.dataset.value, link.href, Number(link.querySelector(".facets__count").textContent)]));
    assert.equal(links.length, Object.values(VALUES).flat().length);
    for (const [key, value, href, count] of links.filter((_, at) => at % 4 === 0)) {
      const wanted = reference({ [key]: [value] }).found;
      assert.equal(count, wanted.length);
      const found = [];
      for (let next = href; next;) {
        await page.goto(next);
        found.push(...await page.$$eval(".cards .card__link", (links) => links.map((link) => new URL(link.href).pathname.split("/").at(-2))));
        next = await page.$eval(".pager--list a[rel=next]", (link) => link.href).catch(() => null);
      }
      assert.deepEqual(found.sort(), wanted, `${key}:${value}`);
    }
  }, { javaScriptEnabled: false });
});

test("the keyboard reaches every box, and the count is told", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/cases/`);
    const box = page.locator('input[name="industry"]').first();
    await box.focus();
    await page.keyboard.press("Space");
    await settled(page, reference({ industry: ["gas"] }).found.length);
    assert.equal(await page.getAttribute(".tally__count", "role"), "status");
    assert.ok(await box.isChecked());
    if (PICTURES) {
      await page.screenshot({ path: join(PICTURES, "gallery-1280.png") });
      await page.setViewportSize({ width: 360, height: 900 });
      await page.screenshot({ path: join(PICTURES, "gallery-360.png") });
    }
  });
});
