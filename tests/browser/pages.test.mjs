// Pages of every kind in Chromium: can all read and use them, and does a strict host find nothing to refuse?
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { test } from "node:test";
import { REFUSED, SETTLED, SITE, site, visit } from "./reader.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const size = (path) => statSync(join(SITE, path, "index.html")).size;
const fullest = (paths) => paths.toSorted((left, right) => size(right) - size(left) || (left < right ? -1 : 1))[0];
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
  const lists = ["industries/", "cases/", "cases/enforcement/", "cases/benchmark/", "templates/registers/", "policies/", "methods/"];
  const fixed = ["", ...lists, "keywords/", "references/", "glossary/", "timeline/", "sitemap/", "specifications/", "about/accessibility/", "search/?q=燃气", "search/?q=嗯火", "downloads/", "404.html"];
  const chosen = [fullest(kinds.get("page").filter((path) => path.startsWith("methods/") && path !== "methods/")), fullest(below("keywords/")), fullest(below("references/")), fullest(below("downloads/purpose/"))];
  return [...new Set([...fixed, ...chosen, ...[...kinds].filter(([kind]) => kind !== "page").map(([, paths]) => fullest(paths))])];
}
const PAGES = pagesOfEveryKind();
const LARGE = () => ({ storageState: { cookies: [], origins: [{ origin: site.origin, localStorage: [{ name: "anjian-display", value: '{"large":true}' }] }] } });
const STILL = { reducedMotion: "reduce" };

async function go(page, path) {
  await page.goto(`${site.origin}/${path}`);
  if (path.startsWith("search/?")) await page.waitForSelector(SETTLED, { state: "attached" });
}

/** Lets `look` see all pages, two at a time; it gives what is wrong with one. */
async function across(options, look, pages = PAGES) {
  const wrong = [];
  await visit(async (first, context) => {
    const left = pages.slice();
    const work = async (page) => {
      for (let path; (path = left.shift()) !== undefined;) {
        await go(page, path);
        for (const one of await look(page, path)) wrong.push(`/${path}: ${one}`);
      }
    };
    await Promise.all([work(first), work(await context.newPage())]);
  }, { ...STILL, ...options });
  return wrong;
}

const breaches = (rules) => async (page) => {
  await page.evaluate(AXE);
  return page.evaluate(async (rules) => {
    const { violations } = await axe.run(document, { ...rules, resultTypes: ["violations"], preload: false });
    return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, any }) => `${id} (${help}) at ${target.join(" ")} ${any[0]?.message ?? ""}`));
  }, rules);
};

for (const width of [360, 1280]) {
  for (const [mode, options] of [["light", () => ({})], ["dark", () => ({ colorScheme: "dark" })], ["large print", LARGE]]) {
    test(`axe finds nothing at ${width} pixels, ${mode}`, async () => {
      const viewport = { width, height: 800 };
      assert.deepEqual(await across({ viewport, ...options() }, breaches({ runOnly: TAGS })), []);
    });
  }
}
