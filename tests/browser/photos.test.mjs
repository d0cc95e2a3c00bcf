// Photographs of a case in Chromium: one by one in a dialog, by pointer and by keyboard, and as links without scripts.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { ANJIAN, meet, site, visit } from "./reader.mjs";

const { PROJECT } = process.env;
const PHOTOS = [
  { src: "one.svg", alt: "门口的告知牌", caption: "改造前" },
  { src: "two.svg", alt: "新装的报警器", caption: "改造后" },
  { src: "three.svg", alt: "班前会", caption: "" },
];
const PHOTO = "photo.jpg";
const CASE = `+++\nkind = "benchmark-case"\ntitle = "示例企业"\nsubject = "示例企业（示例）"\nsubject_kind = "enterprise"\ncase_kind = "benchmark-enterprise"\n`
  + `level = "county"\nyear = 2025\nelement_set = "none"\nsample = true\n`
  + PHOTOS.map(({ src, alt, caption }) => `[[photos]]\nsrc = "${src}"\nalt = "${alt}"\n${caption ? `caption = "${caption}"\n` : ""}`).join("") + "+++\n经验。\n";

let work;
meet(() => {
  work = mkdtempSync(join(tmpdir(), "photos-"));
  mkdirSync(join(work, "site/content"), { recursive: true });
  cpSync(join(PROJECT, "themes"), join(work, "site/themes"), { recursive: true });
  writeFileSync(join(work, "site/content/_index.md"), "# 首页\n\n正文。\n");
  writeFileSync(join(work, "site/content/case.md"), CASE);
  for (const { src } of PHOTOS) {
    writeFileSync(join(work, "site/content", src), '<svg xmlns="http://www.w3.org/2000/svg" width="400" height="300"><rect width="400" height="300" fill="#2a6"/></svg>');
  }
  cpSync(join(PROJECT, "tests/browser", PHOTO), join(work, "site/content", PHOTO));
  writeFileSync(join(work, "site/content/cases.md"), CASE.replace("one.svg", PHOTO));
  writeFileSync(join(work, "site/content/text.md"), `# 文\n\n![阀门](${PHOTO})\n\n[协会](https://www.example.com/a?b=1)\n`);
  writeFileSync(join(work, "site/content/site.toml"), "title = \"示例站\"\n[leaving]\nnotice = true\n");
  const built = spawnSync(ANJIAN, ["--lang", "en", "build", "--root", join(work, "site"), "--output", join(work, "out")], { encoding: "utf8" });
  assert.equal(built.status, 0, built.stdout + built.stderr);
  return join(work, "out");
});
after(() => { if (work) rmSync(work, { recursive: true, force: true }); });

const links = (page) => page.locator("a[data-photo]");
const shown = (page) => page.$eval("dialog", (dialog) => ({
  open: dialog.open,
  source: new URL(dialog.querySelector("img").src, location.href).pathname,
  alt: dialog.querySelector("img").alt,
  caption: dialog.querySelector("figcaption").hidden ? "" : dialog.querySelector("figcaption").textContent,
  place: dialog.querySelector("[role=status]").textContent,
}));

test("a photograph opens in a dialog with its text and caption, and the next ones follow", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/case/`);
    await links(page).first().click();
    assert.deepEqual(await shown(page), { open: true, source: "/one.svg", alt: PHOTOS[0].alt, caption: "改造前", place: "1 / 3" });
    await page.getByRole("button", { name: "下一张" }).click();
    assert.deepEqual(await shown(page), { open: true, source: "/two.svg", alt: PHOTOS[1].alt, caption: "改造后", place: "2 / 3" });
    await page.getByRole("button", { name: "下一张" }).click();
    assert.equal((await shown(page)).caption, "");
    await page.getByRole("button", { name: "关闭" }).click();
    assert.equal((await shown(page)).open, false);
  });
});

test("the keyboard opens, turns and closes it, and the focus returns", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/case/`);
    await links(page).nth(1).focus();
    await page.keyboard.press("Enter");
    assert.equal((await shown(page)).place, "2 / 3");
    await page.keyboard.press("ArrowRight");
    assert.equal((await shown(page)).place, "3 / 3");
    await page.keyboard.press("ArrowRight");
    assert.equal((await shown(page)).place, "1 / 3", "behind the last comes the first");
    await page.keyboard.press("ArrowLeft");
    // The focus stays inside while it is open.
    for (let turn = 0; turn < 6; turn++) {
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement === document.body || document.activeElement.closest("dialog")));
    }
    await page.keyboard.press("Escape");
    assert.equal((await shown(page)).open, false);
    assert.equal(await links(page).nth(2).evaluate((link) => link === document.activeElement), true, "on the photograph that was shown last");
  });
});

test("without scripts a photograph is a link to its file", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/case/`);
    await links(page).first().click();
    await page.waitForURL(`${site.origin}/one.svg`);
    // A file that is opened alone has no sign of the site; a browser that asks for one hears that there is none.
  }, { javaScriptEnabled: false, let_pass: /favicon|^Failed to load resource/ });
});

test("a photograph comes as the narrowest copy that is wide enough, keeps its place and is as wide as its column", async () => {
  for (const [width, scale, wanted] of [[360, 1, "480.webp"], [360, 2.5, "960.webp"], [1280, 1, "960.webp"]]) {
    const context = { viewport: { width, height: 800 }, deviceScaleFactor: scale };
    await visit(async (page) => {
      await page.goto(`${site.origin}/text/`);
      const image = page.locator("main img");
      await image.evaluate((one) => one.decode());
      const { source, natural, box, frame } = await image.evaluate((one) => ({
        source: one.currentSrc, natural: one.naturalWidth / one.naturalHeight,
        box: one.getBoundingClientRect(), frame: one.closest(".prose, .document__body").getBoundingClientRect(),
      }));
      assert.ok(source.endsWith(`photo.jpg.${wanted}`), `${width}: ${source}`);
      assert.ok(Math.abs(natural - 1000 / 640) < 0.01);
      assert.ok(Math.abs(box.width / box.height - 1000 / 640) < 0.01, "its shape is its own");
      assert.ok(box.width <= frame.width + 1 && box.width > 250, `${box.width} of ${frame.width}`);
    }, context);
  }
});

test("the dialog shows the widest copy, and without scripts the link leads to the whole photograph", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/cases/`);
    await links(page).first().click();
    assert.equal((await shown(page)).source, "/photo.jpg.1000.webp");
  });
  await visit(async (page) => {
    await page.goto(`${site.origin}/cases/`);
    assert.equal(await links(page).first().evaluate((link) => new URL(link.href).pathname), "/photo.jpg");
  }, { javaScriptEnabled: false });
});

test("a browser that reads no WebP shows the JPEG", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/text/`);
    const image = page.locator("main img");
    await image.evaluate((one) => { one.previousElementSibling.type = "image/unknown"; });
    await image.evaluate((one) => one.decode());
    assert.ok((await image.evaluate((one) => one.currentSrc)).endsWith("photo.jpg.960.jpg"));
  });
});

test("a link to another site leads to a page that names it; both ways on are links", async () => {
  await visit(async (page) => {
    await page.goto(`${site.origin}/text/`);
    await page.getByRole("link", { name: "协会" }).click();
    await page.getByRole("heading", { name: "即将离开本站" }).waitFor();
    assert.equal(await page.locator(".leaving__host").textContent(), "www.example.com");
    assert.equal(await page.getByRole("link", { name: "继续访问" }).getAttribute("href"), "https://www.example.com/a?b=1");
    await page.getByRole("link", { name: "放弃" }).click();
    await page.waitForURL(`${site.origin}/`);
  }, { javaScriptEnabled: false });
});
