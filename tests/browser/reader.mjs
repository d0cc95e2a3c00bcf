// A reader before the shipped site, for the files of tests here: one server and one browser for each file.
import assert from "node:assert/strict";
import { after, before, beforeEach } from "node:test";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

export const { ANJIAN, SITE, PICTURES, FIGURES, CHROMIUM = "/usr/bin/chromium" } = process.env;
export let site, browser;

/** Serves the shipped site, or what `made` gives, to the tests of a file; called once at its head. */
export function meet(made = () => SITE) {
  before(async () => {
    site = await serve(await made());
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
  });
  after(async () => {
    await browser?.close();
    site?.close();
  });
  beforeEach(() => site.reset());
}

/** What is told where a page would register the site's worker: only tests of it let it work, or it would answer in
 * place of the server. */
const BLOCKED = "Service Worker registration blocked by Playwright";

/** Runs `use` in a browser of its own, in which nothing may go wrong but what `let_pass` names. */
export async function visit(use, { let_pass = null, ...options } = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN", serviceWorkers: "block", ...options });
  const wrong = [];
  const note = (text) => { if (!let_pass?.test(text) && text !== BLOCKED) wrong.push(text); };
  context.on("console", (message) => { if (["error", "warning"].includes(message.type())) note(message.text()); });
  context.on("weberror", (error) => note(String(error.error())));
  context.on("dialog", (dialog) => { note(`dialog: ${dialog.message()}`); dialog.dismiss(); });
  context.on("request", (request) => { if (!request.url().startsWith(site.origin)) note(`request to ${request.url()}`); });
  context.setDefaultTimeout(20_000);
  // Not all that a policy refuses is told on the console.
  await context.addInitScript(() => addEventListener("securitypolicyviolation", (event) => {
    console.error(`policy: ${event.effectiveDirective} refused ${event.blockedURI || event.sample}`);
  }));
  try {
    await use(await context.newPage(), context);
  } finally {
    await context.close();
  }
  assert.deepEqual(wrong, []);
}
export const REFUSED = { let_pass: /^Failed to load resource|^Refused to execute script .* MIME type/ };

/** Where search tells that it is done. */
export const SETTLED = ".search__results[aria-busy=false]";
