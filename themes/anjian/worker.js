// Published without comment lines and indentation.
// The service worker: keeps what was read, and the industries that a reader asked for, for the time without a
// connection. Published as /sw.js at the site's root with a first line `const OWN = [[address, fingerprint, size], …]`:
// the page that it shows in place of others, and what that loads. Another build has other fingerprints there, so the
// browser installs it anew. Addresses here are always below the site, without a query: a site of files answers all alike.
// Nothing is remembered in variables that must outlive the worker, which browsers stop as they like.

const SCOPE = registration.scope;
const named = (part) => `anjian ${new URL(SCOPE).pathname} ${part}`;
const OWNED = named("own"), PINNED = named("pinned"), NEXT = named("next");
// What was read, in order of reading; what was not read for longest goes first.
const PAGES = named("pages"), ASSETS = named("assets"), SEARCH = named("search"), FILES = named("files");
const MOST = { [PAGES]: 100, [ASSETS]: 100, [SEARCH]: 500, [FILES]: 200 };
const ALL = [OWNED, PINNED, NEXT, ...Object.keys(MOST)];
// A file that is not pinned is kept up to this size.
const SMALL = 300_000;
// How long a page is waited for where a copy is kept; how long a visit lasts.
const PATIENCE = 4000;
const VISIT = 30 * 60_000;
const LOST = "offline/";
const STATE = "offline/state";
const LISTS = "offline/all/lists.json";
const VERSION = 1;

const open = (name) => caches.open(name);
const whole = (path) => SCOPE + path;
const isAsset = (path) => /^assets\/[^/]+\.[0-9a-f]{8}(\.[^./]+)?$/.test(path);
const isSearch = (path) => /^search\/([sptc]\/|(terms|readings)-)/.test(path);
const isPage = (path) => path === "" || path.endsWith("/") || path.endsWith(".html");
const roomOf = (path) => isPage(path) ? PAGES : isAsset(path) ? ASSETS : path.startsWith("search/") ? SEARCH : FILES;
const isList = (path) => /^offline\/([^/]+|all\/[^/]+)\.(json|bin)$/.test(path);
const pause = (time) => new Promise((done) => { setTimeout(done, time); });

// ---- What is stored

/** An answer to store: with the time, and without what is no longer true of it. */
function storable(answer, body, more = {}) {
  const headers = new Headers(answer.headers);
  for (const name of ["Content-Encoding", "Content-Length", "Vary"]) headers.delete(name);
  for (const [name, value] of Object.entries({ "X-Kept": String(Date.now()), ...more })) headers.set(name, value);
  return new Response(body, { headers });
}

const isSound = (answer) => answer.status === 200 && answer.type === "basic" && !answer.redirected;

/** Keeps what was read, where there is room for it. */
async function keep(path, answer) {
  if (!isSound(answer)) {
    // What is gone is no longer shown.
    if (answer.status === 404 || answer.status === 410) await (await open(PAGES)).delete(whole(path));
    return;
  }
  const room = roomOf(path);
  const isLarge = (size) => room === FILES && size > SMALL;
  if (isLarge(Number(answer.headers.get("Content-Length")))) return answer.body?.cancel();
  const body = await answer.blob();
  if (isLarge(body.size)) return;
  const more = {};
  if (room === PAGES) more["X-Title"] = encodeURIComponent((await body.text()).match(/<h1[^>]*>(.*?)<\/h1>/s)?.[1].replace(/<[^>]*>/g, "").trim() ?? path);
  await store(room, path, storable(answer, body, more));
}

/** Puts an answer behind all others of its room, and drops the first where there are too many. */
async function store(room, path, answer) {
  const cache = await open(room);
  // Not every browser moves what is replaced to the end.
  await cache.delete(whole(path));
  await cache.put(whole(path), answer);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST[room])).map((key) => cache.delete(key)));
}

const stamp = (answer) => Number(answer?.headers.get("X-Kept") ?? 0);
const find = async (name, path) => (await open(name)).match(whole(path), { ignoreVary: true });

/** The newest copy of a file, and when it was so: what is pinned is as new as the last look at its list. */
async function copy(path) {
  if (path.startsWith("search/") && !isPage(path)) {
    const bundled = await fromBundle(path);
    if (bundled) return { answer: bundled, kept: 0 };
  }
  const rooms = [PINNED, roomOf(path), OWNED];
  const answers = await Promise.all(rooms.map((room) => find(room, path)));
  const { checked = 0 } = answers[0] ? await state() : {};
  const copies = answers.map((answer, at) => ({ answer, kept: Math.max(stamp(answer), at ? 0 : checked), room: rooms[at] }));
  return copies.filter(({ answer }) => answer).sort((left, right) => right.kept - left.kept)[0];
}

// ---- The search's files, which are kept many in one

let bundles = null;

async function readBundles() {
  const files = new Map();
  const cache = await open(PINNED);
  for (const { url } of await cache.keys()) {
    if (!/\/offline\/[^?]*\.bin$/.test(url)) continue;
    const all = await (await cache.match(url)).blob();
    const length = new DataView(await all.slice(0, 4).arrayBuffer()).getUint32(0, true);
    const head = all.slice(4, 4 + length);
    const isPacked = new Uint8Array(await head.slice(0, 2).arrayBuffer())[0] === 0x1f;
    const rows = await new Response(isPacked ? head.stream().pipeThrough(new DecompressionStream("gzip")) : head).json();
    let at = 4 + length;
    for (const [path, size] of rows) files.set(path, all.slice(at, at += size));
  }
  return files;
}

async function fromBundle(path) {
  bundles ??= readBundles().catch(() => new Map());
  const body = (await bundles).get(path);
  return body && new Response(body, { headers: { "Content-Type": "application/octet-stream" } });
}

// ---- Answers

// When the network last failed, as far as this worker knows.
let cut = -Infinity;
const isCut = () => Date.now() - cut < 60_000;

addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || !request.url.startsWith(SCOPE) || request.headers.has("Range")) return;
  const path = request.url.slice(SCOPE.length).replace(/[?#].*$/s, "");
  if (path === "sw.js" || isList(path)) return;
  const title = new URL(request.url).searchParams.get("as");
  const answer = isAsset(path) || isSearch(path) ? keptFirst(event, path) : networkFirst(event, path);
  event.respondWith(title && request.mode === "navigate" && !isPage(path) ? answer.then((file) => attached(file, title)) : answer);
});

/** A file to save under a title. Browsers do not ask a worker for what a link says to download, so such links lead to
 * `<file>?as=<title>` where the network is out of reach. */
function attached(answer, title) {
  if (answer.status !== 200 || /^text\/html/.test(answer.headers.get("Content-Type"))) return answer;
  const headers = new Headers(answer.headers);
  headers.set("Content-Disposition", `attachment; filename*=UTF-8''${encodeURIComponent(title)}`);
  return new Response(answer.body, { headers });
}

/** What has its contents in its name: the copy, else the network. */
async function keptFirst(event, path) {
  // The search asks so where a copy did not do.
  const isDoubted = event.request.cache === "reload";
  const kept = await copy(path);
  if (kept && !isDoubted) return kept.answer;
  try {
    const answer = await fetch(event.request);
    event.waitUntil(keep(path, answer.clone()).catch(() => {}));
    return answer;
  } catch {
    // Who searches what is pinned would wait for two more tries of each file that is not: this says that there is none.
    const isMissing = isSearch(path) && isCut() && (await bundles)?.size > 0;
    cut = Date.now();
    return kept?.answer ?? (isMissing ? new Response(null, { status: 404 }) : Response.error());
  }
}

/** The network; the copy where that fails or takes too long. */
async function networkFirst(event, path) {
  const { request } = event;
  const isVisit = request.mode === "navigate";
  // A page is always asked for: what the browser kept of it might be old as well.
  const options = isVisit ? { cache: "no-cache", redirect: "manual" } : {};
  let twin;
  const asked = fetch(request, options).then((answer) => {
    twin = answer.clone();
    cut = -Infinity;
    return answer;
  }, (error) => {
    cut = Date.now();
    throw error;
  });
  // It may come when the reader has long been shown the copy.
  event.waitUntil(asked.then(async () => {
    await keep(path, twin);
    if (isVisit) await look();
  }).catch(() => {}));
  const kept = await copy(path);
  if (!kept) return asked.catch(() => absent(isVisit, path));
  const answer = await Promise.race([asked.catch(() => null), pause(PATIENCE).then(() => "slow")]);
  if (answer !== "slow" && answer && answer.status < 500) return answer;
  // What is read stays, what is fetched in the end comes behind it anyway.
  if (isVisit && kept.room === PAGES && answer !== "slow") event.waitUntil(store(PAGES, path, kept.answer.clone()).catch(() => {}));
  return isVisit && isPage(path) ? shown(kept, answer) : kept.answer;
}

/** The copy of a page as it is shown: it says of itself when it was kept. */
async function shown({ answer, kept }, why) {
  const html = await answer.text();
  const language = html.match(/<html lang="([^"]*)"/)?.[1] ?? "zh-CN";
  const date = new Intl.DateTimeFormat(language, { dateStyle: "long", timeStyle: "short", hourCycle: "h23" }).format(kept);
  const told = html.replace(/<div class="kept" role="status" hidden data-offline="([^"]*)" data-slow="([^"]*)"><p class="kept__text">/, (_, offline, slow) => (
    `<div class="kept" role="status"><p class="kept__text">${(why ? slow : offline).replace("{date}", date)}`));
  const files = told.replace(/(<a [^>]*href="[^"?#]*)" download="([^"]*)"/g, (_, link, title) => `${link}?as=${encodeURIComponent(unescaped(title))}"`);
  return new Response(files, { headers: answer.headers });
}

const unescaped = (text) => text.replace(/&(#39|amp|lt|gt|quot|#x27);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name] ?? "'");

/** What stands in the place of what is not kept: for a page the one that says so, its links as from the root. */
async function absent(isVisit, path) {
  if (!isVisit) return (await otherWidth(path)) ?? Response.error();
  if (!isPage(path) && await copy(`${path}/`)) return Response.redirect(whole(`${path}/`));
  const page = (await copy(LOST))?.answer;
  if (!page) return Response.error();
  const html = await page.text();
  const told = path === LOST ? html : html.replaceAll('="../', `="${new URL(SCOPE).pathname}`).replace('<div class="lost" hidden>', '<div class="lost">');
  return new Response(told, { headers: page.headers });
}

/** A picture in another width than the one that is not kept. */
async function otherWidth(path) {
  const [, picture] = path.match(/^(.+)\.\d+\.(?:webp|jpg)$/) ?? [];
  if (!picture) return undefined;
  for (const name of [PINNED, FILES]) {
    const cache = await open(name);
    const { url } = (await cache.keys()).find(({ url }) => url.startsWith(`${whole(picture)}.`)) ?? {};
    if (url) return cache.match(url);
  }
  return undefined;
}

// ---- Coming and going

addEventListener("install", (event) => {
  skipWaiting();
  event.waitUntil((async () => {
    const answers = await Promise.all(OWN.map(async ([path]) => {
      const answer = await fetch(whole(path), { cache: isAsset(path) ? "default" : "no-cache" });
      if (!isSound(answer)) throw new Error(`${answer.status} ${path}`);
      return [path, storable(answer, await answer.blob())];
    }));
    // Not before all is there: a worker that runs needs what it had.
    await caches.delete(OWNED);
    const cache = await open(OWNED);
    for (const [path, answer] of answers) await cache.put(whole(path), answer);
  })());
});

addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith(named("")) && !ALL.includes(name)) await caches.delete(name);
  await clients.claim();
  // What readers look at while the worker comes was read as well.
  for (const { url } of await clients.matchAll()) {
    const path = url.slice(SCOPE.length).replace(/[?#].*$/s, "");
    if (url.startsWith(SCOPE) && !await find(PAGES, path)) await fetch(whole(path), { cache: "force-cache" }).then((answer) => keep(path, answer)).catch(() => {});
  }
})()));

// ---- What is pinned

/** When the pinned copies were last known to be those of the site, and when that was last tried. */
const state = async () => (await find(PINNED, STATE))?.json() ?? {};
const setState = async (more) => (await open(PINNED)).put(whole(STATE), new Response(JSON.stringify({ ...await state(), ...more })));

const listPath = (industry) => `offline/${industry}.json`;

/** The lists of what is pinned, by industry. */
async function pins() {
  const cache = await open(PINNED);
  const lists = new Map();
  for (const { url } of await cache.keys()) {
    const path = url.slice(SCOPE.length);
    if (!isList(path) || !path.endsWith(".json")) continue;
    const answer = await cache.match(url);
    lists.set(path.slice(8, -5), { path, print: answer.headers.get("X-Print"), kept: stamp(answer), ...await answer.json() });
  }
  return lists;
}

class Refused extends Error {
  constructor(why) { super(why); this.why = why; }
}

/** A file of a list; three tries, then all is given up. */
async function get(path) {
  for (let attempt = 0; ; attempt++) {
    try {
      const answer = await fetch(whole(path), { cache: isAsset(path) && attempt === 0 ? "default" : "no-cache", redirect: "error" });
      if (answer.status === 200) return { answer, body: await answer.blob() };
      if (answer.status === 404 || answer.status === 410) throw new Refused("changed");
      throw new Error(String(answer.status));
    } catch (error) {
      if (error instanceof Refused) throw error;
      if (attempt === 2 || !navigator.onLine) throw new Refused("network");
      await pause(500 * 4 ** attempt);
    }
  }
}

const prints = async (cache, paths) => new Map(await Promise.all(paths.map(async (path) => (
  [path, (await cache.match(whole(path)))?.headers.get("X-Print")]))));

/** Makes the pinned copies those of the site now, for the industries that `choose` picks of those that are pinned. All
 * files are fetched aside first; only when every one is there do they take the place of the old, so that a pinned
 * industry is always whole, and what was fetched before a failure is not fetched again. */
async function settle(choose, tell = () => {}) {
  await setState({ tried: Date.now() });
  const before = await pins();
  const wanted = choose([...before.keys()]);
  const cache = await open(PINNED), next = await open(NEXT);
  for (let round = 0; ; round++) {
    const now = Date.now();
    const published = await (await get(LISTS)).body.text();
    const { version, lists: rows } = JSON.parse(published);
    if (version !== VERSION) throw new Refused("changed");
    const known = new Map(rows.map((row) => [row.industry, row]));
    const lists = new Map();
    const files = new Map();
    try {
      for (const industry of wanted) {
        const row = known.get(industry);
        // The site has no such industry any more.
        if (!row) continue;
        const old = before.get(industry);
        const path = listPath(industry);
        const list = old?.print === row.print ? null : await get(path);
        const read = list ? JSON.parse(await list.body.text()) : old;
        lists.set(path, list && storable(list.answer, list.body, { "X-Print": row.print }));
        for (const [file, print, size] of read.files) files.set(file, { print, size });
      }
      const paths = [...files.keys()];
      const [here, aside] = [await prints(cache, paths), await prints(next, paths)];
      const stale = paths.filter((path) => here.get(path) !== files.get(path).print);
      const missing = stale.filter((path) => aside.get(path) !== files.get(path).print);
      await fetchAll(missing, files, stale, next, tell);
      // Another build may have come meanwhile, and what was fetched be partly its own.
      if (missing.length && await (await get(LISTS)).body.text() !== published) throw new Refused("changed");
      await commit(stale, files, lists, cache, next);
      await setState({ checked: now });
      return;
    } catch (error) {
      if (error.why !== "changed" || round === 2) throw error;
    }
  }
}

/** Fetches files aside, four at a time. */
async function fetchAll(missing, files, stale, next, tell) {
  const size = (paths) => paths.reduce((sum, path) => sum + files.get(path).size, 0);
  const all = size(stale);
  let done = all - size(missing);
  const left = missing.slice();
  let failed = null;
  const work = async () => {
    for (let path; !failed && (path = left.shift()) !== undefined;) {
      try {
        tell({ done, all });
        const { answer, body } = await get(path);
        await next.put(whole(path), storable(answer, body, { "X-Print": files.get(path).print }));
        done += files.get(path).size;
      } catch (error) {
        failed ??= error;
      }
    }
  };
  await Promise.all([work(), work(), work(), work()]);
  if (failed) throw failed;
  tell({ done: all, all });
}

/** Puts what was fetched aside into its place, then the lists, and drops what no list names. */
async function commit(stale, files, lists, cache, next) {
  for (const path of stale) {
    const answer = await next.match(whole(path));
    if (!answer) throw new Refused("changed");
    await cache.put(whole(path), answer);
  }
  for (const [path, answer] of lists) if (answer) await cache.put(whole(path), answer);
  await drop(cache, new Set([...files.keys(), ...lists.keys()]));
  await caches.delete(NEXT);
  bundles = null;
}

async function drop(cache, used) {
  for (const { url } of await cache.keys()) {
    const path = url.slice(SCOPE.length);
    if (path !== STATE && !used.has(path)) await cache.delete(url);
  }
}

/** Removes an industry, which needs no connection. */
async function remove(industry) {
  const lists = await pins();
  lists.delete(industry);
  const used = [...lists.values()].flatMap(({ path, files }) => [path, ...files.map(([file]) => file)]);
  await drop(await open(PINNED), new Set(used));
  await caches.delete(NEXT);
  bundles = null;
}

// One after the other.
let last = Promise.resolve();
const queue = (task) => { last = last.catch(() => {}).then(task); return last; };

/** Brings what is pinned up to date, once a visit, unless the reader saves data. */
async function look() {
  const { tried = 0 } = await state();
  if (Date.now() - tried < VISIT || navigator.connection?.saveData || (await pins()).size === 0) return;
  await queue(() => settle((pinned) => pinned)).finally(() => tellAll({ changed: true }));
}

// ---- What pages ask for

async function tellAll(message) {
  for (const client of await clients.matchAll({ type: "window" })) client.postMessage(message);
}

const reasons = (error) => error.why ?? (error.name === "QuotaExceededError" ? "quota" : "network");

// Industries that are being pinned. A page asks again every now and then, which keeps the worker alive, and lets one
// that was stopped all the same go on.
const busy = new Map();

async function pin(industry) {
  let told = -1;
  const tell = ({ done, all }) => {
    const percent = all ? Math.floor(100 * done / all) : 100;
    if (percent !== told) tellAll({ industry, percent: told = percent, bytes: all });
  };
  try {
    await settle((pinned) => [...new Set([...pinned, industry])], tell);
    const isThere = (await pins()).has(industry);
    await tellAll(isThere ? { industry, isDone: true } : { industry, failed: "changed" });
  } catch (error) {
    const why = reasons(error);
    // What was fetched in vain takes the room that is missing.
    if (why === "quota") await caches.delete(NEXT);
    await tellAll({ industry, failed: why });
  }
}

/** What is kept, for pages to show. */
async function summary() {
  const { checked } = await state();
  const cache = await open(PAGES);
  const pages = await Promise.all((await cache.keys()).map(async ({ url }) => {
    const answer = await cache.match(url);
    return { url, title: decodeURIComponent(answer?.headers.get("X-Title") ?? ""), kept: stamp(answer) };
  }));
  const pinned = [...(await pins()).entries()].map(([industry, { title, bytes }]) => ({ industry, title, bytes, kept: checked }));
  return { pinned, pages: pages.reverse(), busy: [...busy.keys()] };
}

addEventListener("message", (event) => {
  const { ask, pin: wanted, unpin } = event.data ?? {};
  const id = (text) => typeof text === "string" && /^[\w-]+$/.test(text);
  if (ask) event.waitUntil(summary().then((told) => event.ports[0].postMessage(told)));
  if (id(wanted)) {
    if (!busy.has(wanted)) busy.set(wanted, queue(() => pin(wanted)).finally(() => busy.delete(wanted)));
    event.waitUntil(busy.get(wanted));
  }
  if (id(unpin)) event.waitUntil(queue(() => remove(unpin)).then(() => tellAll({ changed: true })));
});
