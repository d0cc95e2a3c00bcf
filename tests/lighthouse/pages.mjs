// What Lighthouse finds in pages of the shipped site. `check` gives the folder with the site's sources, the program
// and the browser. Prints a line of figures for each page, and then what is wrong.
import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import "./iterators.mjs";
import { launch } from "chrome-launcher";
import lighthouse, { generateReport } from "lighthouse";
import { serve } from "../browser/server.mjs";

const { ANJIAN, CHROMIUM, REPORTS, SITE } = process.env;
const PAGES = [
  "",
  "industries/gas/checklist/",
  "cases/enforcement/",
  "cases/benchmark/",
  "cases/enforcement/sample-hot-work/",
];
/** Has the largest script and loads most after itself. Search engines are told to leave it out, and how fast results
 * are there says little of the page: it is held to all but SEO and performance. Its line of status gives way to the
 * filters when they come (0.02). */
const SEARCH = "search/?q=%E5%8A%A8%E7%81%AB";
/** Here everything must be right, down to what Lighthouse gives no weight. */
const FAULTLESS = ["accessibility", "best-practices", "seo"];
/** What the score of performance is made of. */
const METRICS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift",
  "speed-index"];
/** Least median of three runs. The network and the processor of a phone are simulated from what was observed; what
 * else the machine does at that time can only lower a score, so of more runs the three best count. */
const PERFORMANCE = 98;
const MOST_RUNS = 9;
/** Most bytes on the wire, with headers and as gzip: a page without its pictures, and its scripts. */
const PAGE_BYTES = 100_000;
const SCRIPT_BYTES = 15 * 1024;

const wrong = [];
const site = await serve(join(SITE, "out"));
let browser;
try {
  const row = ["--lang", "en", "build", "--root", join(SITE, "site"), "--output", join(SITE, "out"), "--base-url", `${site.origin}/`];
  const built = spawnSync(ANJIAN, row, { encoding: "utf8" });
  if (built.status !== 0) throw new Error(`the site cannot be built\n${built.error ?? built.stderr}`);
  browser = await launch({
    chromePath: CHROMIUM,
    logLevel: "error",
    chromeFlags: ["--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
      // No other host has an address.
      "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"],
  });
  console.log("performance (runs)  others      page  script  style   other  images");
  for (const page of PAGES) await examine(page);
  await examine(SEARCH, { faultless: FAULTLESS.filter((id) => id !== "seo"), least: 0, most_shift: 0.05 });
} finally {
  browser?.kill();
  site.close();
}
if (wrong.length) {
  console.error(wrong.map((text) => `tests/lighthouse/check: ${text}`).join("\n"));
  process.exitCode = 1;
} else {
  console.log(`tests/lighthouse/check: ${PAGES.length + 1} pages are as they should be`);
}

/** Runs Lighthouse; on a busy machine it may miss a moment, so it is given another go where there is no score. */
async function run(page, options) {
  const flags = { port: browser.port, logLevel: "error", disableFullPageScreenshot: true, throttlingMethod: "simulate" };
  for (let left = 2; ; left -= 1) {
    const { lhr } = await lighthouse(`${site.origin}/${page}`, { ...flags, formFactor: "mobile", ...options });
    if (!lhr.runtimeError && lhr.categories.performance.score !== null) return lhr;
    const missed = lhr.runtimeError?.message ?? METRICS.map((id) => lhr.audits[id].errorMessage).find(Boolean);
    if (left === 0) throw new Error(`/${page} cannot be measured: ${missed}`);
  }
}

async function examine(page, { faultless = FAULTLESS, least = PERFORMANCE, most_shift = 0 } = {}) {
  const fault = (text) => wrong.push(`/${decodeURI(page)}: ${text}`);
  const first = await run(page, { onlyCategories: ["performance", ...faultless] });
  keep(page, first);

  // The other runs are for the metrics alone. Two good ones decide the median of the three best.
  const reports = [first];
  const score = (lhr) => Math.round(lhr.categories.performance.score * 100);
  const decided = () => least === 0 || reports.filter((lhr) => score(lhr) >= least).length === 2;
  while (!decided() && reports.length < MOST_RUNS) reports.push(await run(page, { onlyAudits: METRICS }));
  const scores = reports.map(score);
  if (!decided()) {
    const measured = METRICS.map((id) => `${id} ${reports.map((lhr) => lhr.audits[id].displayValue).join(", ")}`);
    fault(`performance ${scores.join(", ")}, less than ${least}: ${measured.join("; ")}`);
  }
  const shift = Math.max(...reports.map((lhr) => lhr.audits["cumulative-layout-shift"].numericValue));
  if (shift > most_shift) fault(`cumulative layout shift ${shift}`);

  for (const id of faultless) {
    const { score, auditRefs } = first.categories[id];
    if (score !== 1) fault(`${id} ${Math.round(score * 100)}`);
    for (const audit of auditRefs.map(({ id }) => first.audits[id])) {
      if (audit.score !== null && audit.score < 1) fault(described(audit));
    }
  }
  for (const audit of Object.values(first.audits)) {
    if (audit.scoreDisplayMode === "error") fault(`${audit.id} cannot be told: ${audit.errorMessage}`);
  }
  // The server lets browsers keep for long what has a hash in its name, so all that a page loads must have one.
  if (page !== SEARCH && first.audits["cache-insight"].score < 1) fault(described(first.audits["cache-insight"]));

  const bytes = { page: 0, script: 0, style: 0, other: 0, images: 0 };
  const kinds = { Document: "page", Script: "script", Stylesheet: "style", Image: "images" };
  for (const { url, resourceType, transferSize } of first.audits["network-requests"].details.items) {
    if (!url.startsWith(`${site.origin}/`)) fault(`asks another host: ${url}`);
    bytes[kinds[resourceType] ?? "other"] += transferSize;
  }
  const all = bytes.page + bytes.script + bytes.style + bytes.other;
  if (all > PAGE_BYTES) fault(`${all} bytes before pictures, more than ${PAGE_BYTES}`);
  if (bytes.script > SCRIPT_BYTES) fault(`${bytes.script} bytes of script, more than ${SCRIPT_BYTES}`);
  if (!bytes.page || !bytes.style) fault("no page or no style sheet was loaded");

  const others = faultless.map((id) => Math.round(first.categories[id].score * 100));
  const figures = Object.values(bytes).map((count) => String(count).padStart(6));
  console.log([scores.join(" ").padEnd(18), others.join(" ").padEnd(11), ...figures, `/${decodeURI(page)}`].join(" "));
}

/** A finding in one line: what Lighthouse holds against the page, and where. */
function described({ id, title, details }) {
  const where = (details?.items ?? []).map((item) => item.node?.selector ?? item.source?.url ?? item.url ?? JSON.stringify(item));
  return `${id}: ${title}${where.length ? ` (${where.slice(0, 5).join(", ")})` : ""}`;
}

function keep(page, lhr) {
  if (!REPORTS) return;
  mkdirSync(REPORTS, { recursive: true });
  const name = page.split("/").filter((part) => part && !part.startsWith("?")).join("-") || "home";
  writeFileSync(join(REPORTS, `${name}.html`), generateReport(lhr, "html"));
}
