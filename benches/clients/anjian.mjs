// Asks the client that anjian publishes, up to the ten excerpts, and counts what a browser would fetch for it.
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { gzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";
// A new reader comes after every so many queries.
const [folder, file, every, limit] = process.argv.slice(2);
const queries = JSON.parse(readFileSync(file, "utf8"));
// Scripts as a server with gzip sends them; everything else is packed already.
const scripts = readdirSync(`${folder}/assets`).filter((name) => /^search[.-].*\.js$/.test(name)).map((name) => `assets/${name}`);
const sizes = scripts.map((path) => [path, gzipSync(readFileSync(`${folder}/${path}`)).length]);
const copy = mkdtempSync(`${tmpdir()}/client-`);
copyFileSync(`${folder}/${scripts.find((path) => path.includes("/search."))}`, `${copy}/search.mjs`);
const { Index, context, search, verify } = await import(pathToFileURL(`${copy}/search.mjs`));
rmSync(copy, { recursive: true });
let fetched = {};
async function read(path) {
  const bytes = readFileSync(`${folder}/${path}`);
  fetched[path] = bytes.length;
  return new Uint8Array(bytes);
}
const out = [];
let index;
for (const [at, query] of queries.entries()) {
  fetched = {};
  if (at % Number(every) === 0) {
    fetched = Object.fromEntries(sizes);
    index = await Index.open(read);
  }
  const found = await search(index, query);
  const hits = [...found.hits.filter(({ exact }) => exact), ...found.hits.filter(({ exact }) => !exact)];
  const wanted = limit === "all" ? hits : hits.slice(0, Number(limit));
  const ask = context();
  const rows = await Promise.all(wanted.map(({ page }) => index.row(page, ask)));
  await Promise.all(rows.map((row, at) => verify(index, row, wanted[at], found.phrases, ask)));
  if (found.lost.size + ask.lost.size > 0) throw new Error(`files of ${query} are missing`);
  out.push({ total: hits.length, urls: rows.map(({ u }) => u), files: fetched });
}
process.stdout.write(JSON.stringify(out));
