// Asks Pagefind's client, and counts what a browser would fetch for it.
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { pathToFileURL } from "node:url";
// A new reader comes after every so many queries.
const [folder, file, every, limit] = process.argv.slice(2);
const queries = JSON.parse(readFileSync(file, "utf8"));
const sent = new Map();
let fetched = {};
// Scripts and JSON as a server with gzip sends them; everything else is packed already.
function load(name) {
  const bytes = readFileSync(`${folder}/${name}`);
  if (!sent.has(name)) sent.set(name, /\.(js|json)$/.test(name) ? gzipSync(bytes).length : bytes.length);
  fetched[name] = sent.get(name);
  return bytes;
}
globalThis.fetch = async (url) => new Response(load(decodeURIComponent(String(url).split("/pagefind/")[1].split("?")[0])));
const client = await import(pathToFileURL(`${folder}/pagefind.js`));
const out = [];
let one;
for (const [at, query] of queries.entries()) {
  fetched = {};
  if (at % Number(every) === 0) {
    load("pagefind.js");
    // A browser fetches the worker as well; Node has none to run it in.
    load("pagefind-worker.js");
    one = client.createInstance({ basePath: "http://local/pagefind/", baseUrl: "/", noWorker: true });
    await one.init();
  }
  const found = await one.search(query);
  const wanted = limit === "all" ? found.results : found.results.slice(0, Number(limit));
  const data = await Promise.all(wanted.map((result) => result.data()));
  out.push({ total: found.results.length, urls: data.map((item) => item.url), files: fetched });
}
process.stdout.write(JSON.stringify(out), () => process.exit(0));
