// The browser's search without a browser: the shared vectors, and whole queries over an index made in memory by the
// rules of `src/output/search/`. Run: node --test tests/search/
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import * as theme from "../../themes/anjian/js/search.js";

const { Index, excerpt, find, fold, initials, letters, marked, pair, phrasesOf, search, simplifications, single, symbolHash, symbols, unusual, verify } = theme;

/** As many traditional characters as these tests need, in the form of the index's file. */
const TRADITIONAL = "電电氣气業业險险學学種种設设備备產产責责洩泄報报隱隐與与應应預预臺台灣湾乾干後后裡里裏里標标準准達达細细則则豈岂車车焊焊動动";
const simple = simplifications(TRADITIONAL);

const vectors = (name) => readFileSync(new URL(name, import.meta.url), "utf8").split("\n")
  .filter((line) => line !== "" && !line.startsWith("#")).map((line) => line.split("\t"));

test("texts fold as the vectors say", () => {
  const lines = vectors("fold.txt");
  assert.ok(lines.length >= 40);
  for (const [input, folded] of lines) {
    assert.equal(fold(input, simple), folded, input);
    assert.equal(fold(folded, simple), folded, `${folded}, folded again`);
  }
});

test("folding without the table leaves traditional characters alone", () => {
  assert.equal(fold("電氣ＡＢ"), "電氣ab");
});

test("lone surrogates neither fail nor become symbols", () => {
  for (const text of ["\ud800", "安\udc00全", "\udfff\ud800x"]) assert.doesNotThrow(() => fold(text, simple));
  assert.deepEqual(symbols(fold("安\ud800全")).map(({ joined }) => joined), [false, false]);
});

test("texts fall into symbols as the vectors say", () => {
  const lines = vectors("symbols.txt");
  assert.ok(lines.length >= 30);
  const letter = { single: "S", letters: "L", digits: "D" };
  for (const [text, row, kinds] of lines) {
    const found = symbols(text);
    const written = found.map(({ start, end, joined }, at) => (at === 0 ? "" : joined ? "+" : " ") + text.slice(start, end));
    assert.equal(written.join(""), row, text);
    assert.equal(found.map(({ kind }) => letter[kind]).join(""), kinds, text);
  }
});

test("keys are those of the vectors", () => {
  const make = { symbol: (one) => one, single, pair };
  const of = (kind, text) => kind in make ? make[kind](...text.split(" ").map(symbolHash)) : { letters, initials }[kind](text);
  const lines = vectors("keys.txt");
  assert.ok(lines.length >= 30);
  for (const [kind, text, hex] of lines) assert.equal(of(kind, text).toString(16).padStart(8, "0"), hex, `${kind} ${text}`);
});

test("what may be traditional is told without the table", () => {
  for (const text of ["電", "安全後", "龘"]) assert.ok(unusual(text).length > 0, text);
  for (const text of ["安全生产责任制", "GB 30871", "カタカナ", "", "\ud800"]) assert.deepEqual(unusual(text), [], text);
});

// ---- An index made as src/output/search/ makes it.

const number = (value) => {
  const bytes = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) bytes.push((value & 0x7f) | 0x80);
  return [...bytes, value];
};
const gaps = (places) => [...number(places.length), ...places.flatMap((place, at) => number(place - (places[at - 1] ?? 0)))];

const WHOLE = 0xffff;
const chunk = (rows, key) => [...rows.reduce((groups, row) => groups.set(key(row), [...groups.get(key(row)) ?? [], row]), new Map()).values()];

/** Entries [key, page, place], sorted and each there once, as a shard. */
function encodeShard(entries, titles) {
  let before = 0;
  return chunk(entries, ([key]) => key).flatMap((ofKey) => {
    let last = 0;
    const postings = chunk(ofKey, ([, page]) => page).flatMap((ofPage) => {
      const page = ofPage[0][1];
      const gap = (page - last) * 4;
      last = page;
      const places = ofPage.map(([, , place]) => place).filter((place) => place !== WHOLE);
      if (places.length === 0) return number(gap + 1);
      if (places[0] === 0) return [...number(gap + 3), ...number(titles[page]), ...gaps(places.slice(1))];
      return places.length === 1 ? [...number(gap), ...number(places[0])] : [...number(gap + 2), ...gaps(places)];
    });
    const [key] = ofKey[0];
    const bytes = [...number(key - before), ...number(postings.length), ...postings];
    before = key;
    return bytes;
  });
}

function textKeys(text, place) {
  return fold(text, simple).split("\n").flatMap((line) => {
    let before = 0;
    return symbols(line).flatMap(({ start, end, kind, joined }) => {
      const hash = symbolHash(line.slice(start, end));
      const keys = [[single(hash), kind === "single" ? WHOLE : place], ...joined ? [[pair(before, hash), place]] : []];
      before = hash;
      return keys;
    });
  });
}

const slide = (text, size) => Array.from({ length: Math.max(text.length - size + 1, 0) }, (_, at) => text.slice(at, at + size));

/** Files of an index by their path. Pages stand by class; `reading` is that of the title, a syllable a word. */
const READINGS = { 动火作业: "dong huo zuo ye", 明火作业: "ming huo zuo ye", 燃气: "ran qi", 煤气: "mei qi" };

function build(pages, { bits = 3, terms = [], perFile = 2 } = {}) {
  const files = new Map();
  let count = 0;
  const put = (path, bytes) => {
    const [, before, after] = path.match(/^(.*)\*(.*)$/);
    const name = (++count).toString(16).padStart(6, "0");
    files.set(`${before}${name}${after}`, new Uint8Array(gzipSync(Uint8Array.from(bytes))));
    return { path: `${before}${name}${after}`, name };
  };
  const json = (value) => new TextEncoder().encode(JSON.stringify(value));
  const titles = pages.map(({ title }) => symbols(fold(title, simple)).length);
  const shards = Array.from({ length: 2 ** bits }, () => []);
  pages.forEach(({ title, reading = "", keywords = [], passages }, page) => {
    const whole = reading.replaceAll(" ", "");
    const first = reading.split(" ").map((one) => one.slice(0, 1)).join("");
    const keys = [
      ...textKeys(title, 0),
      ...slide(whole, 3).map((three) => [letters(three), 0]),
      ...slide(first, 2).map((two) => [initials(two), 0]),
      ...[...keywords, ...passages.map(([, heading]) => heading)].flatMap((line) => textKeys(line, 1)),
      ...passages.flatMap(([, , text], at) => textKeys(text, at + 2)),
    ];
    const once = [...new Map(keys.map((key) => [key.join(), key])).values()];
    for (const [key, place] of once) shards[bits === 0 ? 0 : key >>> (32 - bits)].push([key, page, place]);
  });
  const names = shards.map((entries, at) => {
    entries.sort((left, right) => left[0] - right[0] || left[1] - right[1] || left[2] - right[2]);
    return put(`search/s/${at.toString(16)}-*.bin`, encodeShard(entries, titles)).name;
  });
  const rows = pages.map(({ url, title, passages }) => {
    const parts = [];
    for (let at = 0; at < passages.length; at += perFile) {
      parts.push([at + 2, put("search/t/*.bin", json(passages.slice(at, at + perFile))).name]);
    }
    return { u: url, t: title, d: "2026-01-02", x: parts };
  });
  for (let at = 0; at < rows.length; at += 2) names.push(put(`search/p/${(at / 2).toString(16)}-*.bin`, json(rows.slice(at, at + 2))).name);
  for (const number of [0, 1]) {
    const of = [...simple].filter(([from]) => from.codePointAt(0) % 2 === number);
    names.push(put(`search/c/${number}-*.bin`, new TextEncoder().encode(of.flat().join(""))).name);
  }
  const classes = chunk(pages, (page) => JSON.stringify(page.class));
  const head = {
    version: 1, bits, pages: pages.length, table: 2, traditional: 2,
    classes: classes.map(([page]) => page.class), runs: classes.map((of) => of.length),
    names: [["kind:guide", "指南"], ["industry:gas", "燃气"], ["status:repealed", "已废止"]],
    terms: put("search/terms-*.bin", json(terms)).path,
    readings: put("search/readings-*.bin", json(terms.map(({ n }) => n.map((name) => READINGS[name] ?? "")))).path,
  };
  const length = json(head).length;
  const hashes = names.flatMap((name) => name.match(/../g).reverse().map((byte) => Number.parseInt(byte, 16)));
  files.set("search/directory.bin", new Uint8Array(gzipSync(Uint8Array.from(
    [length & 255, (length >> 8) & 255, length >> 16, 0, ...json(head), ...hashes]))));
  return files;
}

const guide = { rank: 2, kind: "guide", industries: ["gas"], status: "" };
const old = { rank: 2, kind: "guide", industries: ["gas"], status: "repealed" };
const PAGES = [
  { url: "gas/", title: "城镇燃气安全管理", reading: "cheng zhen ran qi an quan guan li", class: guide, keywords: ["煤气"], passages: [
    ["", "城镇燃气安全管理", "城镇燃气安全管理\n先管住泄漏，再管住火源。"],
    ["alarm", "报警器", "报警器\n燃气泄漏报警器每月试一次；第41条，按 GB/T 33000-2025 办。"],
    ["hot", "动火", "动火\n动火作业前，办理作业票。电气焊工持证上岗。"]] },
  { url: "law/", title: "安全生产法", reading: "an quan sheng chan fa", class: guide, passages: [
    ["", "安全生产法", "安全生产法"],
    ["a5", "第五条", "第五条\n生产经营单位的主要负责人是本单位安全生产第一责任人，对本单位的安全生产工作全面负责。"]] },
  { url: "pit/", title: "有限空间作业", reading: "you xian kong jian zuo ye", class: guide, passages: [
    ["", "有限空间作业", "有限空间作业\n先通风、再检测、后作业；燃气管沟也算。"],
    ["x", "", "产安全，全生产，生产安、安全。安全 生产。"],
    ["t", "", "繁體段落：電氣設備停用。"]] },
  { url: "old/", title: "城镇燃气安全管理", reading: "", class: old, passages: [["", "", "城镇燃气安全管理，动火作业，旧版。"]] },
];
const TERMS = [
  { n: ["动火作业", "明火作业"] },
  { n: ["燃气", "煤气"] },
];

const read = (files, log = []) => async (path) => {
  log.push(path);
  const bytes = files.get(path);
  if (!bytes) throw Object.assign(new Error(`404 ${path}`), { gone: true });
  return bytes;
};
const open = (files = build(PAGES, { terms: TERMS }), log = []) => Index.open(read(files, log), () => undefined);

/** Addresses of what a query finds; `~` before those that do not answer exactly. */
async function answer(query, index) {
  index ??= await open();
  const found = await search(index, query);
  const ask = theme.context();
  const rows = await Promise.all(found.hits.map(({ page }) => index.row(page, ask)));
  return { ...found, urls: found.hits.map(({ exact }, at) => (exact ? "" : "~") + rows[at].u) };
}

/** What is shown of the first hit. */
async function first(query, index) {
  index ??= await open();
  const found = await search(index, query);
  const ask = theme.context();
  const row = await index.row(found.hits[0].page, ask);
  return { found, ...await verify(index, row, found.hits[0], found.phrases, ask) };
}

test("an exact phrase is found wherever it stands, what is repealed last", async () => {
  assert.deepEqual((await answer("城镇燃气安全管理")).urls, ["gas/", "old/"]);
  assert.deepEqual((await answer("全面负责")).urls.slice(0, 1), ["law/"]);
  assert.equal((await answer("安全生产法")).urls[0], "law/");
  for (const { url, passages } of PAGES) {
    for (const [, , text] of passages) {
      for (const line of text.split("\n")) {
        for (const part of slide(line, 5)) {
          if (!/^\p{Script=Han}+$/u.test(part)) continue;
          const { urls } = await answer(part, await open());
          assert.ok(urls.includes(url), `${part} on ${url}: ${urls}`);
        }
      }
    }
  }
});

test("numbers and Latin words are found however they are written", async () => {
  for (const query of ["GB/T 33000-2025", "gbt33000", "ＧＢ／Ｔ３３０００", "33000", "第41条", "第 41 条", "2025"]) {
    assert.equal((await answer(query)).urls[0], "gas/", query);
  }
  assert.deepEqual((await answer("3300")).urls, []);
});

test("what is in quotes is required: nothing that overlaps stands in for it", async () => {
  assert.deepEqual((await answer("“动火作叶”")).urls, []);
  assert.deepEqual((await answer("\"动火作业\"")).urls, ["gas/", "old/"]);
});

test("one wrong character still finds the page, but not as exact", async () => {
  assert.equal((await answer("有限空间做业")).urls[0], "~pit/");
});

test("a whole question is answered by what it shares", async () => {
  assert.equal((await answer("生产经营单位的主要负责人要做哪些事？")).urls[0], "~law/");
});

test("other names of a term answer too", async () => {
  assert.deepEqual((await answer("明火作业")).urls.slice(0, 2), ["~gas/", "~old/"]);
});

test("pinyin and initials find terms and titles", async () => {
  const { urls, instead } = await answer("ranqi");
  assert.equal(instead, "燃气");
  assert.equal(urls[0], "gas/");
  assert.equal((await answer("rq")).instead, "燃气");
  assert.deepEqual((await answer("youxiankongjian")).urls, ["~pit/"]);
  assert.deepEqual((await answer("yxkj")).urls, ["~pit/"]);
});

test("traditional characters find simplified ones, and the table is fetched only for them", async () => {
  const log = [];
  const index = await open(undefined, log);
  await answer("动火作业", index);
  await answer("有限空间做业", index);
  assert.ok(!log.some((path) => path.startsWith("search/c/")));
  assert.deepEqual((await answer("電氣焊", index)).urls.slice(0, 1), ["gas/"]);
  assert.ok(log.some((path) => path.startsWith("search/c/")));
});

test("a page written in traditional characters is seen to hold the simplified phrase", async () => {
  const { held, anchor } = await first("电气设备停用");
  assert.deepEqual([held, anchor], [true, "t"]);
});

test("the text decides whether a page holds a phrase, and which passage to show", async () => {
  const { held, anchor, heading, found } = await first("动火作业前");
  assert.deepEqual([held, anchor, heading, found.hits[0].exact], [true, "hot", "动火", true]);
  const files = build([{ ...PAGES[2], title: "其他", passages: [["x", "", "产安全，全生产，生产安、安全。"]] }]);
  const wrong = await first("安全生产", await open(files));
  assert.deepEqual([wrong.found.hits[0].exact, wrong.held], [true, false]);
});

test("only the files that are needed are read to see it", async () => {
  const log = [];
  await first("动火作业前", await open(undefined, log));
  assert.equal(log.filter((path) => path.startsWith("search/t/")).length, 1);
});

test("words in several files of a page have only those files read", async () => {
  const passages = Array.from({ length: 20 }, (_, at) => [`p${at}`, "", `第${"甲乙丙丁戊己庚辛壬癸"[at % 10]}款说明${"子丑寅卯辰巳午未申酉"[at % 10]}${at < 10 ? "动火" : "受限"}事项`]);
  const files = build([{ ...PAGES[2], title: "其他", passages }], { perFile: 1 });
  const log = [];
  const { held, anchor } = await first("甲款 子受 癸款说明", await open(files, log));
  assert.deepEqual([held, anchor], [true, "p0"]);
  assert.ok(log.filter((path) => path.startsWith("search/t/")).length <= 4, log.join(" "));
});

test("a short term with a wrong character is looked for as the term", async () => {
  assert.equal((await answer("动活作业")).instead, null, "parts of it answer");
  assert.equal((await answer("动或作鱼")).instead, null);
  const files = build(PAGES, { terms: [{ n: ["有限空间"] }, { n: ["报警器"] }, { n: ["第41条"] }] });
  assert.equal((await answer("报井器", await open(files))).instead, "报警器");
  assert.equal((await answer("“报井器”", await open(files))).instead, null);
});

test("what finds nothing has the nearest terms", async () => {
  const { urls, nearest } = await answer("煤");
  assert.deepEqual(urls.slice(0, 1), ["gas/"]);
  assert.deepEqual([(await answer("嗯火")).nearest.length > 0, nearest], [true, []]);
  assert.deepEqual((await answer("嗯火")).nearest, ["动火作业", "明火作业"]);
  const twice = build(PAGES, { terms: [...TERMS, { n: ["动火作业", "用火"] }] });
  assert.deepEqual((await answer("嗯火", await open(twice))).nearest, ["用火", "动火作业", "明火作业"], "each once");
});

test("bad input finds nothing and fails nowhere", async () => {
  const log = [];
  const index = await open(undefined, log);
  for (const query of ["", "   ", "？！", "\ud800", "()[]{}*+?.\\^$|", "\0"]) {
    assert.deepEqual((await answer(query, index)).urls, [], JSON.stringify(query));
  }
  assert.deepEqual(log, ["search/directory.bin"], "and fetches nothing");
  assert.equal((await answer("\ud800动火作业\udc00", index)).urls[0], "gas/");
  assert.equal((await answer("动火作业.*", index)).urls[0], "gas/");
  await answer("<img src=x onerror=alert(1)>", index);
  await answer("动".repeat(10_000), index);
  assert.equal((await answer("动火作业" + " ".repeat(10_000) + "没有的词", index)).urls[0], "gas/");
});

test("a missing or damaged shard is noted, and the others answer", async () => {
  for (const damage of [
    (files, path) => files.delete(path),
    (files, path) => files.set(path, files.get(path).slice(0, 20)),
    (files, path) => files.set(path, new TextEncoder().encode("<!doctype html><p>没有这个文件")),
    (files, path) => files.set(path, new Uint8Array([0x80, 0x80, 0x80, 0x80, 0x80, 0x80])),
  ]) {
    const files = build(PAGES, { terms: TERMS });
    const shard = pair(symbolHash("动"), symbolHash("火")) >>> 29;
    const path = [...files.keys()].find((one) => one.startsWith(`search/s/${shard}-`));
    damage(files, path);
    const index = await open(files);
    const { lost, hits } = await search(index, "动火");
    if (!files.has(path)) assert.deepEqual([...lost], [path]);
    assert.deepEqual(hits, []);
    assert.equal((await answer("有限空间", index)).urls[0], "pit/");
  }
});

test("a file that fails is tried twice more, a missing one is not", async () => {
  const files = build(PAGES, { terms: TERMS });
  const tries = [];
  const flaky = async (path, signal, attempt) => {
    tries.push([path, attempt]);
    if (attempt < 2) throw new TypeError("network");
    return read(files)(path);
  };
  const waits = [];
  const index = await Index.open(flaky, (time) => { waits.push(time); });
  assert.deepEqual([tries.length, waits], [3, [400, 1600]]);
  assert.equal((await answer("动火", index)).urls[0], "gas/");
  await assert.rejects(open(new Map()), /404/);
});

test("an index of another version or a damaged directory is not opened", async () => {
  const directory = (bytes) => new Map([["search/directory.bin", Uint8Array.from(bytes)]]);
  await assert.rejects(open(directory([])));
  await assert.rejects(open(directory([9, 0, 0, 0, ...new TextEncoder().encode("{\"version")])));
  await assert.rejects(open(directory([13, 0, 0, 0, ...new TextEncoder().encode("{\"version\":2}")])), /version/);
});

test("a query that is given up fails at once, and the next one fetches anew", async () => {
  const files = build(PAGES, { terms: TERMS });
  let held = true;
  const slow = (path, signal) => held && path.startsWith("search/s/")
    ? new Promise((_, fail) => { signal.addEventListener("abort", () => fail(signal.reason)); })
    : read(files)(path);
  const index = await Index.open(slow, () => undefined);
  const controller = new AbortController();
  const given = search(index, "动火", controller.signal);
  setTimeout(() => { held = false; controller.abort(); }, 10);
  const next = new Promise((done) => { setTimeout(() => done(search(index, "动火", new AbortController().signal)), 10); });
  await assert.rejects(given, { name: "AbortError" });
  assert.equal((await next).hits.length, 2);
  assert.equal((await next).lost.size, 0);
});

test("a shard's own damage is told from a key that it does not hold", () => {
  const shard = Uint8Array.from(encodeShard([[5, 1, 0], [5, 1, 4], [5, 3, WHOLE], [9, 2, 3], [4294967295, 70_000, 2], [4294967295, 70_000, 9]], [0, 6]));
  assert.deepEqual(find(shard, 5), [{ page: 1, title: 6, passages: [4] }, { page: 3, title: null, passages: [] }]);
  assert.deepEqual(find(shard, 9), [{ page: 2, title: null, passages: [3] }]);
  assert.deepEqual(find(shard, 4294967295), [{ page: 70_000, title: null, passages: [2, 9] }]);
  assert.deepEqual([find(shard, 7), find(shard, 0), find(new Uint8Array(), 1)], [[], [], []]);
  assert.throws(() => find(shard.subarray(0, shard.length - 1), 4294967295), /damaged/);
});

const shown = (pieces) => pieces.map(({ text, mark }) => mark ? `[${text}]` : text).join("");

test("an excerpt is the clause around the first mark, as plain text", () => {
  const long = `${"前".repeat(60)}。先停气；动火作业前办票，<b>动火</b>要监护。${"后".repeat(80)}`;
  assert.equal(shown(excerpt(long, phrasesOf("动火作业"))), `…[动火作业]前办票，<b>动火</b>要监护。${"后".repeat(23)}…`);
  assert.equal(shown(excerpt("一行\n動火作業", phrasesOf("动火", simple), simple)), "一行 [動火]作業");
  assert.equal(shown(excerpt("按GB/T 33000办", phrasesOf("gbt33000"))), "按[GB/T 33000]办");
  assert.equal(shown(excerpt("没有".repeat(50), phrasesOf("动火"))), `${"没有".repeat(40)}…`);
  assert.equal(shown(excerpt("有限空间作业", phrasesOf("有限空间做业"))), "[有限空间]作业");
  assert.equal(excerpt("", phrasesOf("动火")).length, 0);
  assert.equal(shown(marked("𠮷动火𠮷", phrasesOf("动火"))), "𠮷[动火]𠮷");
  assert.equal(excerpt(`${"𠮷".repeat(90)}动火`, phrasesOf("动火"))[1].text, "𠮷".repeat(40));
});
