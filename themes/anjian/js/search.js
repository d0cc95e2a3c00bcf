// Published without comment lines and indentation.
// The browser's half of the search: one module, so that a reader fetches one file. It does, file by file, what
// `src/text/` and `src/output/search/` do; `tests/search/` holds both to the same answers. Nothing but the last
// part knows of a page. `simple` is always the map from traditional to simplified characters, as far as it was needed; null is none.

// ---- fold: one form for everything that readers mean by the same character

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/u;
const MARK = /\p{M}/u;
const HAN = /[\u3400-\u4dbf\u4e00-\u9fff]/u;

function folded(character, simple) {
  if (character < "\x80") return character.toLowerCase();
  if (HAN.test(character)) return simple?.get(character) ?? character;
  if (INVISIBLE.test(character)) return "";
  let out = "";
  for (const compatible of character.normalize("NFKC")) {
    for (const lower of compatible.toLowerCase()) {
      if (!MARK.test(lower) && !INVISIBLE.test(lower)) out += simple?.get(lower) ?? lower;
    }
  }
  return out;
}

// Characters that folding changes, or may change: most of a Chinese text is none of them.
const CHANGING = /[A-Z]|[^\x00-\x7f\u3400-\u4dbf\u4e00-\u9fff、。《》“”〔〕]/gu;

// Folds a text. `origins` gets, for each code unit, where the character behind it starts; nothing where each stands where
// it stood.
export function fold(text, simple = null, origins = null) {
  if (!(simple?.size > 0)) {
    let isMoved = false;
    const plain = text.replace(CHANGING, (character) => {
      const one = folded(character, null);
      isMoved ||= one.length !== character.length;
      return one;
    });
    if (!isMoved || !origins) return plain;
  }
  let out = "", at = 0;
  for (const character of text) {
    out += folded(character, simple);
    if (origins) while (origins.length < out.length) origins.push(at);
    at += character.length;
  }
  return out;
}

// Characters that simplifying may change. Only those beyond GB 2312 can be traditional, and these few within.
let usual;
export function unusual(text) {
  if (!usual) {
    const bytes = [];
    for (let row = 0xb0; row <= 0xf7; row++) for (let cell = 0xa1; cell <= 0xfe; cell++) bytes.push(row, cell);
    usual = new Set(new TextDecoder("gbk").decode(Uint8Array.from(bytes)));
    for (const character of "乾吒夥後徵捱摺於榘甯菸薹醣麴麽") usual.delete(character);
  }
  return Array.from(text).filter((character) => HAN.test(character) && !usual.has(character));
}

// The map from a file of pairs.
export function simplifications(text) {
  const characters = [...text];
  const simple = new Map();
  for (let at = 0; at + 1 < characters.length; at += 2) simple.set(characters[at], characters[at + 1]);
  return simple;
}

// ---- symbols: a Han character, a run of letters, a run of digits

const ALONE = /[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u31ff\u1100-\u11ff\uac00-\ud7af]/u;
const WORD = /[\p{Alphabetic}\p{N}]/u;
const LONGEST_RUN = 24;

function kindOf(character) {
  if (character >= "0" && character <= "9" && character.length === 1) return "digits";
  if (HAN.test(character)) return "single";
  if (!WORD.test(character)) return null;
  return ALONE.test(character) ? "single" : "letters";
}

// Whether a single letter stands here.
function isInside(rest) {
  const [first, second = ""] = rest.slice(0, 4);
  return kindOf(first) === "letters" && kindOf(second) !== "letters";
}

export function symbols(text) {
  const row = [];
  let gap = true, length = 0, at = 0, last = null;
  for (const character of text) {
    const kind = kindOf(character);
    const start = at;
    at += character.length;
    if (!kind) {
      // GB/T and GBT are one symbol.
      if (!(last?.kind === "letters" && /^\/[^]/u.test(text.slice(start)) && isInside(text.slice(start + 1)))) gap = true;
    } else if (last && !gap && kind !== "single" && last.kind === kind && length < LONGEST_RUN) {
      last.end = at;
      length++;
    } else {
      // Beside a run, signs and blanks are no gap.
      const joined = last !== null && (!gap || kind !== "single" || last.kind !== "single");
      row.push((last = { start, end: at, kind, joined }));
      gap = false;
      length = 1;
    }
  }
  return row;
}

// ---- keys: hashes by which the index files pages

const encoder = new TextEncoder();
const hashes = new Map();

// FNV-1a of the text's UTF-8, remembered.
export function symbolHash(text) {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const hash = encoder.encode(text.replaceAll("/", "")).reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193), 0x811c9dc5) >>> 0;
  hashes.set(text, hash);
  return hash;
}

function mix(hash) {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

export const pair = (left, right) => mix((Math.imul(left, 31) + right) | 0);
export const single = (symbol) => mix(symbol ^ 0x9e3779b9);
export const letters = (three) => mix(symbolHash(three) ^ 0x70696e79);
export const initials = (two) => mix(symbolHash(two) ^ 0x696e6974);

// ---- shard: the postings of keys

// The pages of a key, each with its title's symbols or null, and its passages. Throws where the shard is damaged.
export function find(shard, key) {
  let place = 0;
  const next = () => {
    let number = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = shard[place++];
      number |= (byte & 0x7f) << shift;
      if (byte < 0x80) return number >>> 0;
    }
    throw new RangeError("a damaged shard");
  };
  const check = (fine) => { if (!fine) throw new RangeError("a damaged shard"); };
  let at = 0;
  while (place < shard.length) {
    at = (at + next()) >>> 0;
    const end = next() + place;
    check(end <= shard.length);
    if (at > key) break;
    if (at < key) { place = end; continue; }
    const found = [];
    let page = 0;
    while (place < end) {
      const head = next();
      const form = head & 3;
      page = (page + (head >>> 2)) >>> 0;
      const posting = { page, title: form === 3 ? next() : null, passages: [] };
      let passage = 0;
      for (let count = form === 0 ? 1 : form === 1 ? 0 : next(); count > 0; count--) {
        posting.passages.push((passage += next()));
        check(place <= end);
      }
      check(place <= end && posting.title <= 0xff && passage <= 0xffff);
      found.push(posting);
    }
    return found;
  }
  return [];
}

// ---- index: the files of a site's search, fetched as they are needed

const DIRECTORY = "search/directory.bin";
const hex = (number, width = 1) => number.toString(16).padStart(width, "0");
const text = (bytes) => new TextDecoder().decode(bytes);
const json = (bytes) => JSON.parse(text(bytes));
const pause = (time) => new Promise((done) => { setTimeout(done, time); });

async function unpack(bytes) {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes;
  const { readable, writable } = new DecompressionStream("gzip");
  // Written by hand: a piped stream costs the reader's processor five times as much. What fails fails in reading.
  const writer = writable.getWriter();
  const pass = () => {};
  writer.write(bytes).catch(pass);
  writer.close().catch(pass);
  return new Uint8Array(await new Response(readable).arrayBuffer());
}

// Reads files over the network. Further tries do not trust what is kept, and the directory is always asked for anew.
export const network = (root, tries = 0) => async (path, signal, attempt) => {
  const cache = attempt + tries > 0 ? "reload" : path === DIRECTORY ? "no-cache" : "default";
  const response = await fetch(new URL(path, root), { signal, cache });
  if (!response.ok) throw Object.assign(new Error(`${response.status} ${path}`), { gone: response.status === 404 });
  return new Uint8Array(await response.arrayBuffer());
};

// What one query needs to know: its signal, the files that it did not get, the postings that it did.
export const context = (signal) => ({ signal, lost: new Set(), postings: new Map() });

export class Index {
  #known = new Map();
  terms = [];
  termNames = [];
  simple = new Map();

  // `read(path, signal, attempt)` gives a file's bytes.
  constructor(read, wait = pause) { Object.assign(this, { read, wait }); }

  // Opens an index; fails where its directory cannot be had.
  static async open(...source) {
    const index = new Index(...source);
    const bytes = await index.#file(DIRECTORY);
    const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
    const head = json(bytes.subarray(4, end));
    if (head.version !== 1 || head.bits > 20) throw new Error("an index of another version");
    const hash = (number) => hex(bytes.subarray(end + 3 * number).slice(0, 3).reduceRight((sum, byte) => sum * 256 + byte, 0), 6);
    return Object.assign(index, { head, hash, tables: Math.ceil(head.pages / head.table), names: new Map(head.names) });
  }

  // A file, unpacked and kept; two more tries where that fails. A query that was given up takes its requests with it.
  #file(path, signal) {
    const known = this.#known.get(path);
    if (known && !known.signal?.aborted) return known.bytes;
    const entry = { signal, bytes: this.#fetch(path, signal) };
    this.#known.set(path, entry);
    entry.bytes.then(() => { entry.signal = null; }, () => { if (this.#known.get(path) === entry) this.#known.delete(path); });
    return entry.bytes;
  }

  async #fetch(path, signal) {
    for (let attempt = 0; ; attempt++) {
      try {
        return await unpack(await this.read(path, signal, attempt));
      } catch (error) {
        if (signal?.aborted || error.gone || attempt === 2) throw error;
        await this.wait(400 * 4 ** attempt);
        signal?.throwIfAborted();
      }
    }
  }

  // What is made of a file that the query can do without: null and a note where it is missing or damaged.
  async #use(path, { signal, lost }, make) {
    try {
      return make(await this.#file(path, signal));
    } catch (error) {
      if (signal?.aborted) throw error;
      // Another query asked for it and was given up.
      if (error.name === "AbortError") return this.#use(path, { signal, lost }, make);
      lost.add(path);
      return null;
    }
  }

  // Has the postings of keys ready.
  load(keys, context) {
    return Promise.all(keys.map(async (key) => {
      if (context.postings.has(key)) return;
      const number = this.head.bits === 0 ? 0 : key >>> (32 - this.head.bits);
      const path = `search/s/${hex(number)}-${this.hash(number)}.bin`;
      context.postings.set(key, await this.#use(path, context, (shard) => find(shard, key)) ?? []);
    }));
  }

  async loadTerms(context) {
    if (this.terms.length > 0) return;
    this.terms = await this.#use(this.head.terms, context, json) ?? [];
    this.#foldTerms();
  }

  // How the names of terms are read.
  async readings(context) { return await this.#use(this.head.readings, context, json) ?? []; }

  // Learns the traditional characters of a text; whether anything came of it that was not known before.
  async learn(written, context) {
    const { bits, traditional } = this.head;
    const numbers = new Set(unusual(written).map((character) => character.codePointAt(0) % traditional));
    const before = this.simple.size;
    await Promise.all([...numbers].map((number) => {
      const path = `search/c/${hex(number)}-${this.hash(2 ** bits + this.tables + number)}.bin`;
      return this.#use(path, context, (bytes) => simplifications(text(bytes)).forEach((simple, from) => this.simple.set(from, simple)));
    }));
    const isMore = this.simple.size > before;
    if (isMore) this.#foldTerms();
    return isMore;
  }

  #foldTerms() { this.termNames = this.terms.map((row) => row.n.map((name) => fold(name, this.simple))); }

  // What is known of a page: address `u`, title `t`, date `d`, files of its text `x`.
  row(page, context) {
    const { bits, table } = this.head;
    const number = Math.floor(page / table);
    const path = `search/p/${hex(number)}-${this.hash(2 ** bits + number)}.bin`;
    return this.#use(path, context, (bytes) => json(bytes)[page % table] ?? null);
  }

  // The passages of one of a page's files: anchor, heading and text of each.
  part([, name], context) { return this.#use(`search/t/${name}.bin`, context, json); }

  // What a page can be filtered by.
  classOf(page) {
    let before = 0;
    return this.head.classes[this.head.runs.findIndex((count) => page < (before += count))];
  }
}

// ---- query: the pages that answer, best first

const OUTLINE = 1;
const FIRST = 2;
const ENOUGH = 0.2;
const INITIALS = 8;
const PLENTY = 10;
const LONGEST = 200;

// The phrases of a query.
export function phrasesOf(query, simple = null) {
  const plain = fold(query, simple);
  const phrases = [];
  for (const { start, end, joined, kind } of symbols(plain)) {
    const part = plain.slice(start, end);
    if (!joined) phrases.push({ symbols: [], runs: [], text: "" });
    const last = phrases.at(-1);
    last.symbols.push(symbolHash(part));
    if (kind !== "single") last.runs.push(single(symbolHash(part)));
    last.text += part;
  }
  return phrases;
}

const windows = (row, size) => row.slice(size - 1).map((_, at) => row.slice(at, at + size));
const keysOf = ({ symbols: row }) => row.length === 1 ? [single(row[0])] : windows(row, 2).map((two) => pair(...two));

// Whether a query stands in quotes: then nothing but its words answers.
const isQuoted = (query) => /["“”「」]/u.test(query);

// Looks for a query. `lost` names files that could not be had: the answer may lack pages then.
export async function search(index, query, signal) {
  const ask = context(signal);
  query = Array.from(query).slice(0, LONGEST).join("");
  const { simple } = index;
  let phrases = phrasesOf(query, simple);
  const found = { hits: [], instead: null, nearest: [], phrases, others: [], lost: ask.lost };
  if (phrases.length === 0) return found;
  const load = (phrases) => index.load(phrases.flatMap(keysOf), ask);
  await Promise.all([load(phrases), index.loadTerms(ask)]);
  // All keys are of simplified characters: where all are found, none was traditional.
  const missing = phrases.flatMap(keysOf).some((key) => ask.postings.get(key).length === 0);
  if (missing && await index.learn(query, ask)) {
    found.phrases = phrases = phrasesOf(query, simple);
    await load(phrases);
  }
  const others = phrases.map((phrase) => otherNames(index, phrase));
  found.others = others.flat();
  await load(found.others);
  found.hits = exact(index, phrases, ask);
  if (!isQuoted(query)) add(found.hits, namedOtherwise(index, phrases, others, ask));
  const lookInstead = async (term) => {
    if (term === null) return;
    found.instead = term;
    found.phrases = phrasesOf(term, index.simple);
    await load(found.phrases);
    found.hits = exact(index, found.phrases, ask);
  };
  if (found.hits.length === 0) await lookInstead(await byReading(index, query, ask));
  if (found.hits.length < PLENTY) add(found.hits, await byLetters(index, query, ask));
  if (found.hits.length < PLENTY && !isQuoted(query)) {
    await index.load(phrases.flatMap(({ runs }) => runs), ask);
    add(found.hits, overlapping(index, phrases, ask));
  }
  if (found.hits.length === 0 && !isQuoted(query)) await lookInstead(bySlip(index, query));
  if (found.hits.length === 0) found.nearest = nearest(index, query);
  return found;
}

// The pages in which every phrase stands.
const exact = (index, phrases, ask) => shared(index, phrases.map((phrase) => pagesOf(phrase, ask)), true);

// The pages in which every phrase stands, or another name of it.
function namedOtherwise(index, phrases, others, ask) {
  if (others.flat().length === 0) return [];
  const lists = phrases.map((phrase, at) => [phrase, ...others[at]].map((one) => pagesOf(one, ask)));
  return shared(index, lists.map((names) => new Map(names.reverse().flatMap((pages) => [...pages]))), false);
}

// Other names of a term, as phrases. Those of a list of classes lead to the class alone: they are parts of it
// rather than names.
const otherNames = (index, { text }) => index.terms.flatMap(({ n: names, o: oneWay }, at) => {
  const plain = index.termNames[at];
  const place = plain.indexOf(text);
  const near = place < 0 || (oneWay && place === 0) ? [] : oneWay ? names.slice(0, 1) : names;
  const others = near.filter((_, which) => plain[which] !== text);
  return others.map((name) => phrasesOf(name, index.simple)).filter((phrases) => phrases.length === 1).flat();
});

// The pages that every list holds; those with all phrases in one passage rank higher.
function shared(index, lists, isExact) {
  const all = lists.reduce((before, pages) => {
    const both = new Map();
    for (const [page, [score, passage, places]] of before) {
      const [more, place, [others] = []] = pages.get(page) ?? [];
      const bonus = passage !== null && passage === place ? 2 : 0;
      if (more !== undefined) both.set(page, [score + more + bonus, passage ?? place, [...places, others]]);
    }
    return both;
  });
  return ranked(index, Array.from(all, ([page, [score, passage, places]]) => ({ page, score, exact: isExact, passage, places })));
}

// The pages of a phrase, each with its score, its best passage, and all that may hold it: null where any may.
function pagesOf(phrase, ask) {
  const lists = keysOf(phrase).map((key) => ask.postings.get(key));
  lists.sort((left, right) => left.length - right.length);
  return new Map(lists.reduce(common).map((posting) => {
    const places = posting.passages.filter((place) => place > OUTLINE);
    const any = posting.title === null && posting.passages.length === 0;
    return [posting.page, [placesScore(posting, phrase.symbols.length), places[0] ?? null, [any ? null : places]]];
  }));
}

// The places that two lists share, page by page.
function common(left, right) {
  let at = 0;
  return left.flatMap(({ page, title, passages }) => {
    while (right[at]?.page < page) at++;
    const other = right[at];
    if (other?.page !== page) return [];
    const both = { page, title: title === null ? null : other.title, passages: passages.filter((place) => other.passages.includes(place)) };
    return both.title !== null || both.passages.length > 0 ? [both] : [];
  });
}

// How much the places of a phrase are worth: the title most of all, the more of it the phrase is.
function placesScore({ title, passages }, length) {
  let score = 0;
  if (title !== null) score += 8 + 12 * Math.min(length / Math.max(title, 1), 1);
  if (passages.includes(OUTLINE)) score += 3;
  return score + Math.log1p(passages.filter((place) => place > OUTLINE).length);
}

const written = (index, query) => fold(query, index.simple).replace(/[\s\x85]/g, "");

// The term that is read as the query is written.
async function byReading(index, query, ask) {
  const asked = written(index, query);
  if (!/^[a-z]{2,}$/.test(asked)) return null;
  const rows = await index.readings(ask);
  const read = (reading) => reading.replaceAll(" ", "") === asked || reading.split(" ").map((one) => one.slice(0, 1)).join("") === asked;
  for (const [at, row] of rows.entries()) {
    const which = row.findIndex(read);
    if (which >= 0) return index.terms[at]?.n[which] ?? null;
  }
  return null;
}

// A text in parts of a size, the last one reaching back: fewer keys say as much as one at every letter.
function partsOf(text, size) {
  const last = text.length - size;
  const starts = Array.from({ length: Math.max(Math.ceil(last / size), 0) }, (_, at) => at * size);
  return last < 0 ? [] : [...starts, last].map((at) => text.slice(at, at + size));
}

// Pages whose title is read as the query is written.
async function byLetters(index, query, ask) {
  const asked = written(index, query);
  if (!/^[a-z0-9]{2,}$/.test(asked)) return [];
  const first = asked.length <= INITIALS ? partsOf(asked, 2).map(initials) : [];
  const both = [[partsOf(asked, 3).map(letters), 4], [first, 2]];
  await index.load(both.flatMap(([keys]) => keys), ask);
  const hits = [];
  for (const [keys, weight] of both) {
    const pages = keys.length > 0 ? keys.map((key) => ask.postings.get(key)).reduce(common) : [];
    add(hits, pages.map(({ page, title }) => (
      { page, score: weight * Math.min(asked.length / Math.max(title ?? 255, 1), 4), exact: false, passage: null })));
  }
  return ranked(index, hits);
}

// Pages that hold enough of the query's pairs, the rarer the more.
function overlapping(index, phrases, ask) {
  const keys = [...new Set(phrases.flatMap((phrase) => [...keysOf(phrase), ...phrase.runs]))].sort((left, right) => left - right);
  const pages = new Map();
  let whole = 0;
  for (const key of keys) {
    const postings = ask.postings.get(key);
    // A pair that stands nowhere is a slip of the writer's, and no page lacks it.
    if (postings.length === 0) continue;
    const rarity = Math.max(Math.log(1 + (Math.max(index.head.pages, 1) - postings.length + 0.5) / (postings.length + 0.5)), 0.05);
    whole += rarity;
    for (const { page, title, passages } of postings) {
      const held = pages.get(page) ?? { all: 0, count: 0, titled: 0, titleCount: 0, length: 1, places: new Map() };
      pages.set(page, held);
      held.all += rarity;
      held.count++;
      if (title !== null) {
        held.titled += rarity;
        held.titleCount++;
        held.length = Math.max(title, 1);
      }
      for (const place of passages) if (place > OUTLINE) held.places.set(place, (held.places.get(place) ?? 0) + rarity);
    }
  }
  const enough = [...pages].filter(([, { all, count }]) => all / whole >= ENOUGH && count * 3 >= keys.length);
  return ranked(index, enough.map(([page, { titled, titleCount, length, places }]) => {
    const [[passage, dense]] = [...places, [null, 0]].sort((left, right) => right[1] - left[1] || left[0] - right[0]);
    const share = Math.sqrt(Math.min(titleCount / length, 1));
    return { page, score: (dense + 3 * titled * share) / whole, exact: false, passage };
  }), 0);
}

// The term that differs from a query in one character alone: short ones with a wrong character share no pair with the
// right one. Figures are no slips.
function bySlip(index, query) {
  const plain = (text) => Array.from(written(index, text));
  const asked = plain(query);
  const isNear = (name) => {
    const wrong = name.length === asked.length ? name.flatMap((one, at) => one === asked[at] ? [] : [one + asked[at]]) : [];
    return asked.length > 2 && wrong.length === 1 && /^[^\x00-\x7f]+$/.test(wrong[0]) && /^\p{Alphabetic}+$/u.test(wrong[0]);
  };
  return index.terms.flatMap(({ n: names }) => names).find((name) => isNear(plain(name))) ?? null;
}

// Terms that share the most characters with the query.
function nearest(index, query) {
  const asked = new Set(fold(query, index.simple));
  const near = index.terms.flatMap(({ n: names }, at) => names.map((name, which) => {
    const shared = Array.from(index.termNames[at][which]).filter((character) => asked.has(character)).length;
    return { name, shared: Math.floor(shared * 100 / Array.from(name).length), any: shared > 0 };
  })).filter(({ any }) => any);
  near.sort((left, right) => right.shared - left.shared || (left.name < right.name ? -1 : 1));
  return [...new Set(near.map(({ name }) => name))].slice(0, 5);
}

// Adds hits of pages that are not there yet, behind those that are.
function add(hits, more) {
  const there = new Set(hits.map(({ page }) => page));
  hits.push(...more.filter(({ page }) => !there.has(page)));
}

// Best first, what is replaced behind, editions that do not hold any more last; equal ones in the order of pages.
function ranked(index, hits, bonus = 0.02) {
  for (const hit of hits) {
    const its = index.classOf(hit.page);
    hit.score *= its?.status === "" ? 1 + bonus * Math.max(8 - its.rank, 0) : its?.rank > 99 ? 1e-4 : 0.3;
  }
  return hits.sort((left, right) => right.score - left.score || left.page - right.page);
}

// ---- text: whether a page really holds the phrases, and what to show of it

// The hashes of a text's symbols, with 0 where nothing joins two. `places` gets where each stands in the text.
function rowOf(text, simple, places = null) {
  const origins = places && [];
  const plain = fold(text, simple, origins);
  const row = [];
  for (const { start, end, joined } of symbols(plain)) {
    if (!joined) row.push(0);
    if (places) places[row.length] = placeIn(text, origins, start, end);
    row.push(symbolHash(plain.slice(start, end)));
  }
  return row;
}

// Where a part of the folded text stands in the text.
function placeIn(text, origins, start, end) {
  if (origins.length === 0) return [start, end];
  const last = origins[end - 1];
  return [origins[start], last + (text.codePointAt(last) > 0xffff ? 2 : 1)];
}

const stands = (row, { symbols: phrase }, at) => row[at] === phrase[0] && phrase.every((symbol, offset) => row[at + offset] === symbol);

// Whether a hit's page holds every phrase, as far as that was claimed and can be told (else null), and the passage to
// show: anchor, heading, text. Files of its text are read until that is known, the likely one first.
export async function verify(index, row, hit, phrases, ask) {
  const { simple } = index;
  const near = hit.passage ?? FIRST;
  const fileOf = (place) => Math.max(row.x.findLastIndex(([first]) => first <= place), 0);
  const passages = [];
  const taken = new Map();
  let isWhole = true;
  const read = async (part) => {
    const rows = part ? await index.part(part, ask) : [];
    if (rows === null) isWhole = false;
    passages.push(...(rows ?? []).map(([anchor, heading, text], at) => ({ place: part[0] + at, anchor, heading, text })));
  };
  const take = (number) => {
    if (!taken.has(number)) taken.set(number, read(row.x[number]));
    return taken.get(number);
  };
  const holds = (phrase) => (passage) => {
    if (isHan(phrase)) return (passage.plain ??= fold(passage.text, simple)).includes(phrase.text);
    passage.lines ??= passage.text.split("\n").map((line) => rowOf(line, simple));
    return passage.lines.some((line) => line.some((_, at) => stands(line, phrase, at)));
  };
  await take(fileOf(near));
  let held = false;
  if (hit.exact) {
    const title = { text: row.t };
    const seen = await Promise.all(phrases.map(async (phrase, at) => {
      const numbers = hit.places[at]?.map(fileOf) ?? row.x.keys();
      for (const number of new Set(numbers)) {
        if ([title, ...passages].some(holds(phrase))) return true;
        await take(number);
      }
      return [title, ...passages].some(holds(phrase));
    }));
    held = seen.every(Boolean) || (isWhole ? false : null);
    // The page may write in traditional characters what the index has simplified.
    if (held === false && await index.learn(row.t + passages.map(({ text }) => text).join(""), ask)) {
      return verify(index, row, hit, phrases, ask);
    }
  }
  passages.sort((left, right) => left.place - right.place);
  let shown = passages.find(({ place }) => place === near);
  if (held && !(shown && holds(phrases[0])(shown))) shown = passages.find(holds(phrases[0])) ?? shown;
  const { anchor = "", heading = "", text = "" } = shown ?? {};
  return { held, anchor: held || hit.passage !== null ? anchor : "", heading, text };
}

// Whether a phrase is one string of Han characters: then it stands where the folded text holds it.
const isHan = ({ runs }) => runs.length === 0;

// Where a text holds phrases, or where it holds none, pairs of their symbols: starts and ends, none over another.
function litIn(text, phrases, simple) {
  const pairs = phrases.flatMap((phrase) => isHan(phrase)
    ? windows(Array.from(phrase.text), 2).map((two) => ({ text: two.join(""), runs: [] }))
    : windows(phrase.symbols, 2).map((two) => ({ symbols: two, runs: phrase.runs })));
  const lit = placesOf(text, phrases, simple);
  return lit.length > 0 ? lit : placesOf(text, pairs, simple);
}

function placesOf(text, phrases, simple) {
  const lit = [];
  const strings = phrases.filter(isHan);
  if (strings.length > 0) {
    const origins = [];
    const plain = fold(text, simple, origins);
    for (const { text: string } of strings) {
      for (let at = plain.indexOf(string); at >= 0; at = plain.indexOf(string, at + 1)) lit.push(placeIn(text, origins, at, at + string.length));
    }
  }
  const others = phrases.filter((phrase) => !isHan(phrase));
  if (others.length > 0) {
    const places = [];
    const row = rowOf(text, simple, places);
    for (let at = 0; at < row.length; at++) {
      for (const phrase of others) if (stands(row, phrase, at)) lit.push([places[at][0], places[at + phrase.symbols.length - 1][1]]);
    }
  }
  lit.sort((left, right) => left[0] - right[0]);
  return lit.reduce((whole, [from, to]) => {
    const last = whole.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to); else whole.push([from, to]);
    return whole;
  }, []);
}

// A part of a text as pieces {text, mark}; the marked ones are what was looked for.
function cut(text, lit, start, end) {
  let at = start;
  const pieces = [];
  for (const [from, to] of [...lit, [end, end]]) {
    if (from < at || to > end) continue;
    pieces.push({ text: text.slice(at, from), mark: false }, { text: text.slice(from, to), mark: true });
    at = to;
  }
  return pieces.filter((piece) => piece.text !== "");
}

export const marked = (text, phrases, simple = null) => cut(text, litIn(text, phrases, simple), 0, text.length);

// The clause around the first place that holds what was looked for: up to forty characters on each side.
export function excerpt(text, phrases, simple = null) {
  const lit = litIn(text, phrases, simple);
  const [[from, to, reach = 40]] = [...lit, [0, 0, 80]];
  const before = Array.from(text.slice(0, from)).slice(-40).join("");
  const clause = before.length < from ? Math.max(before.search(/(?<=[。；！？\n])[^。；！？\n]*$/), 0) : 0;
  const start = from - before.length + clause;
  const end = to + Array.from(text.slice(to)).slice(0, reach).join("").length;
  const more = (here) => here ? [{ text: "…", mark: false }] : [];
  return [...more(start > 0), ...cut(text.replaceAll("\n", " "), lit, start, end), ...more(end < text.length)];
}

// ---- page: the results, as the reader types

const PAGE = 10;
const GROUPS = {
  kind: ({ kind }) => [kind],
  industry: ({ industries }) => industries,
  status: ({ status }) => [status || "current"],
};

const element = (name, className, ...inside) => {
  const one = Object.assign(document.createElement(name), { className });
  one.append(...inside);
  return one;
};
const pieces = (all) => all.map(({ text, mark }) => mark ? element("mark", "", text) : text);

// What an address asks for.
function stateOf(address) {
  const asked = new URLSearchParams(address);
  const chosen = Object.keys(GROUPS).map((group) => [group, asked.getAll(group)]);
  return { q: asked.get("q") ?? "", page: Math.max(Number.parseInt(asked.get("page"), 10) || 1, 1), ...Object.fromEntries(chosen) };
}

function addressOf(state) {
  const pairs = ["q", ...Object.keys(GROUPS)].flatMap((name) => [state[name]].flat().map((value) => [name, value]));
  if (state.page > 1) pairs.push(["page", state.page]);
  return `?${new URLSearchParams(pairs.filter(([, value]) => value !== ""))}`;
}

function start(root) {
  const words = root.dataset;
  const part = (name) => root.querySelector(`.search__${name}`);
  const [form, plain, status, message, filter, results, partial, others, more] = [
    "form", "plain", "status", "message", "filter", "results", "partial", "others", "more"].map(part);
  const box = form.elements.q;
  const site = new URL(words.root, location.href);
  const label = (group, value) => index.names.get(`${group}:${value}`) || (value === "current" ? words.current : value);
  const { title } = document;
  let state = stateOf(location.search);
  let opening = null, index = null, found = null, chosen = [], shown = 0, controller = null, slow = 0, timer = 0, tries = 0;

  const fits = (hit, except) => Object.keys(GROUPS).every((group) => (
    group === except || state[group].length === 0 || GROUPS[group](index.classOf(hit.page)).some((value) => state[group].includes(value))));

  // Begins something that gives up what was begun before, unless it goes on with that. A failure is told.
  async function begin(work, goesOn = false) {
    if (!goesOn) {
      controller?.abort();
      controller = new AbortController();
    }
    const { signal } = controller;
    clearTimeout(slow);
    slow = setTimeout(() => { status.textContent = words.working; }, 300);
    message.hidden = true;
    results.ariaBusy = true;
    try {
      await work(signal);
      if (!signal.aborted && found?.lost.size > 0) tell(words.partly);
    } catch {
      if (signal.aborted) return;
      clear();
      tell(words.failed);
    }
    if (!signal.aborted) results.ariaBusy = false;
  }

  function tell(text) {
    const again = Object.assign(element("button", "button button--quiet", words.retry), { type: "button" });
    again.addEventListener("click", () => { opening = null; tries++; box.focus(); run(); });
    message.replaceChildren(text, " ", again);
    message.hidden = false;
  }

  function clear() {
    found = null;
    clearTimeout(slow);
    for (const one of [results, others]) one.replaceChildren();
    for (const one of [filter, partial, more, message]) one.hidden = true;
    status.textContent = "";
  }

  const run = () => begin(async (signal) => {
    document.title = state.q ? `${state.q} - ${title}` : title;
    if (state.q.trim() === "") return clear();
    opening ??= Index.open(network(site, tries)).catch((error) => { opening = null; throw error; });
    index = await opening;
    const answer = await search(index, state.q, signal);
    if (signal.aborted) return;
    found = answer;
    drawFilter();
    await draw(signal);
  });

  function drawFilter() {
    for (const group of filter.querySelectorAll("fieldset")) {
      const name = group.dataset.group;
      const held = new Set(found.hits.flatMap(({ page }) => GROUPS[name](index.classOf(page))));
      const known = [...index.names.keys()].filter((key) => key.startsWith(`${name}:`)).map((key) => key.slice(name.length + 1));
      const options = [...new Set(["current", ...known, ...held])].filter((value) => held.has(value)).map((value) => {
        const input = Object.assign(element("input", ""), { type: "checkbox", name, value });
        return element("label", "facets__option", input, label(name, value), element("span", "facets__count"));
      });
      group.replaceChildren(group.firstElementChild, ...options);
      group.hidden = options.length < 2;
    }
    // What an address brought can be taken away.
    filter.hidden = found.hits.length < 2 && Object.keys(GROUPS).every((name) => state[name].length === 0);
  }

  // How many a choice would leave.
  function count() {
    for (const input of filter.querySelectorAll("input")) {
      const { name, value } = input;
      const left = found.hits.filter((hit) => fits(hit, name) && GROUPS[name](index.classOf(hit.page)).includes(value)).length;
      input.checked = state[name].includes(value);
      input.disabled = left === 0 && !input.checked;
      input.parentElement.classList.toggle("facets__option--none", input.disabled);
      input.nextElementSibling.textContent = left;
    }
  }

  async function draw(signal) {
    results.replaceChildren();
    others.replaceChildren();
    shown = 0;
    const fitting = found.hits.filter((hit) => fits(hit));
    chosen = [...fitting.filter(({ exact }) => exact), ...fitting.filter(({ exact }) => !exact)];
    count();
    const show = await drawMore(signal);
    const left = history.state?.left;
    if (!left) return show();
    // What hits say comes later and moves them: the place is found again, unless the reader has gone on.
    let moved = false;
    const listening = new AbortController();
    for (const name of ["wheel", "touchstart", "pointerdown", "keydown"]) addEventListener(name, () => { moved = true; }, listening);
    returnTo(left);
    await show();
    if (!moved && !signal.aborted) returnTo(left);
    listening.abort();
  }

  // The first hit that is in sight, and how far below the top of the window it stands.
  function place() {
    const link = [...root.querySelectorAll(".hit__link")].find((one) => one.getBoundingClientRect().bottom > 0);
    return link && { page: link.pathname, below: link.getBoundingClientRect().top };
  }
  function returnTo({ page, below }) {
    const link = [...root.querySelectorAll(".hit__link")].find(({ pathname }) => pathname === page);
    if (link) scrollBy({ top: link.getBoundingClientRect().top - below, behavior: "instant" });
  }

  function sum() {
    clearTimeout(slow);
    status.textContent = chosen.length > 0 ? words.found.replace("{n}", chosen.length) : words.nothing;
    if (found.instead !== null) status.append(" ", words.instead.replace("{q}", () => found.instead));
    if (found.nearest.length > 0) {
      const links = found.nearest.map((q) => Object.assign(element("a", "search__near", q), { href: addressOf({ ...stateOf(""), q }) }));
      status.append(" ", words.nearest, ...links.flatMap((link) => [" ", link]));
    }
  }

  // Draws ten more, or as many as the address asks for; what they hold is seen and shown after that.
  async function drawMore(signal, focus = false) {
    const ask = { signal, lost: found.lost };
    const phrases = [...found.phrases, ...found.others];
    const batch = chosen.slice(shown, state.page * PAGE);
    const rows = await Promise.all(batch.map(({ page }) => index.row(page, ask)));
    signal.throwIfAborted();
    sum();
    shown += batch.length;
    const drawn = batch.flatMap((hit, at) => rows[at] ? [{ hit, row: rows[at], ...item(hit, rows[at], phrases) }] : []);
    for (const { hit, one } of drawn) (hit.exact ? results : others).append(hit.one = one);
    partial.hidden = others.childElementCount === 0;
    more.hidden = shown >= chosen.length;
    if (focus) drawn[0]?.link.focus();
    const refuted = [];
    return async () => {
      await Promise.all(drawn.map((one) => fill(one, phrases, ask, refuted)));
      if (signal.aborted || refuted.length === 0) return;
      // In quotes others take the places of those that do not hold the words.
      found.hits = found.hits.filter((hit) => !refuted.includes(hit));
      chosen = chosen.filter((hit) => !refuted.includes(hit));
      shown -= refuted.length;
      count();
      const show = await drawMore(signal);
      await show();
    };
  }

  // Adds to a drawn hit what its page says.
  async function fill({ hit, row, one, link, text }, phrases, ask, refuted) {
    const seen = await verify(index, row, hit, found.phrases, ask);
    if (ask.signal.aborted) return;
    if (seen.anchor) link.hash = seen.anchor;
    const below = seen.text.startsWith(`${seen.heading}\n`) ? seen.text.slice(seen.heading.length + 1) : seen.text;
    text.append(...pieces(excerpt(below, seen.held ? found.phrases : phrases, index.simple)));
    if (seen.anchor && seen.heading) text.before(element("p", "hit__heading", ...pieces(marked(seen.heading, phrases, index.simple))));
    if (!hit.exact || seen.held !== false) return;
    if (isQuoted(state.q)) {
      one.remove();
      refuted.push(hit);
      return;
    }
    hit.exact = false;
    const behind = found.hits.slice(found.hits.indexOf(hit)).find((other) => !other.exact && other.one?.parentNode === others);
    others.insertBefore(one, behind?.one ?? null);
    partial.hidden = false;
  }

  function item(hit, row, phrases) {
    const its = index.classOf(hit.page);
    const tags = [label("kind", its.kind), ...its.industries.map((id) => label("industry", id)), its.status && label("status", its.status)];
    const link = Object.assign(element("a", "hit__link", ...pieces(marked(row.t, phrases, index.simple))), { href: new URL(row.u, site).href });
    const text = element("p", "hit__text");
    const meta = element("p", "hit__meta", ...tags.filter(Boolean).map((tag) => element("span", "tag", tag)), row.d);
    return { link, text, one: element("li", "hit", element("h2", "hit__title", link), meta, text) };
  }

  // What is typed is one entry of the history, and what was looked for before it another.
  function remember(typing, push) {
    const address = addressOf(state);
    if (push && address !== addressOf(stateOf(location.search))) history.pushState({ typing }, "", address);
    else history.replaceState({ typing }, "", address);
  }

  function typed(submitted) {
    clearTimeout(timer);
    const typing = Boolean(history.state?.typing);
    if (box.value !== state.q) state = { ...stateOf(""), q: box.value };
    remember(!submitted, !typing);
    run();
  }

  form.addEventListener("submit", (event) => { event.preventDefault(); typed(true); });
  const soon = ({ isComposing }) => {
    clearTimeout(timer);
    if (!isComposing && box.value !== state.q) timer = setTimeout(typed, 200, false);
  };
  box.addEventListener("input", soon);
  box.addEventListener("compositionend", () => soon({}));
  filter.addEventListener("change", ({ target }) => {
    state[target.name] = target.checked ? [...state[target.name], target.value] : state[target.name].filter((value) => value !== target.value);
    state.page = 1;
    remember(false, true);
    begin(draw);
  });
  part("reset").addEventListener("click", () => {
    state = { ...stateOf(""), q: state.q };
    remember(false, true);
    begin(draw);
  });
  more.addEventListener("click", () => begin(async (signal) => {
    state.page = Math.floor(shown / PAGE) + 1;
    remember(Boolean(history.state?.typing), false);
    const show = await drawMore(signal, true);
    await show();
  }, true));
  root.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    const stops = [box, ...root.querySelectorAll(".hit__link")];
    const at = stops.indexOf(event.target);
    const next = stops[at + { ArrowDown: 1, ArrowUp: -1 }[event.key]];
    if (at < 0 || !next && event.key !== "Escape") return;
    (next ?? box).focus();
    if (!next) {
      box.value = "";
      typed(false);
    }
    event.preventDefault();
  });
  addEventListener("popstate", () => {
    if (addressOf(stateOf(location.search)) === addressOf(state)) return;
    clearTimeout(timer);
    state = stateOf(location.search);
    box.value = state.q;
    run();
  });
  // Who leaves has done typing: what is typed after coming back is another entry.
  addEventListener("pagehide", () => history.replaceState(found && scrollY > 0 ? { left: place() } : {}, ""));

  plain.hidden = true;
  // A reader may have typed before this came.
  if (box.value !== "" && box.value !== state.q) return typed(false);
  box.value = state.q;
  run();
}

const page = globalThis.document?.querySelector(".search");
if (page && globalThis.DecompressionStream) start(page);
