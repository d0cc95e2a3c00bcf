// A strict static host for the tests: serves a folder as a host with a tight content security policy does,
// counts what it sends, and misbehaves on request.
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { join, normalize } from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  html: "text/html; charset=utf-8", css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml", csv: "text/csv; charset=utf-8", xml: "application/xml; charset=utf-8", json: "application/json",
  txt: "text/plain; charset=utf-8", png: "image/png", docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};
/** What has a hash of its contents in its name never changes. */
const HASHED = /\/assets\/[^/]*\.[0-9a-f]{8}\.[^./]+$/;
// Only what the site needs: no inline script or style, no frame, no font, no other host.
const POLICY = ["default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'", "manifest-src 'self'", "worker-src 'self'", "form-action 'self'", "base-uri 'none'"].join("; ");
const TEXTS = new Set(["html", "css", "js", "svg", "csv", "xml", "json", "txt"]);

export async function serve(root) {
  const site = {
    /** The folder that is served, and the path below which it stands: another may take its place. */
    root,
    base: "/",
    /** What was asked for: `path` without the query, `bytes` as sent. */
    sent: [],
    rules: [],
    /** Paths that match are treated by `act(bytes)`: it gives other bytes, a status, or null to drop the connection. */
    rule(pattern, act) { this.rules.push({ pattern, act }); },
    /** Holds back paths that match until the function that this gives is called. */
    hold(pattern) {
      let release;
      const released = new Promise((done) => { release = done; });
      this.rule(pattern, async (bytes) => { await released; return bytes; });
      return release;
    },
    /** Behaves well again, and counts from nothing. */
    reset() { Object.assign(this, { rules: [], sent: [], root, base: "/" }); },
    below(folder) { return this.sent.filter(({ path }) => path.startsWith(folder)); },
  };

  async function answer(request, response) {
    const path = decodeURIComponent(new URL(request.url, "http://host").pathname);
    const entry = { path, bytes: 0 };
    site.sent.push(entry);
    const { root, base } = site;
    const below = path.startsWith(base) ? path.slice(base.length) : "404.html/none";
    const file = normalize(join(root, below === "" || below.endsWith("/") ? `${below}index.html` : below));
    let body = file.startsWith(root) ? await readFile(file).catch(() => 404) : 404;
    for (const { pattern, act } of site.rules) if (pattern.test(path)) body = await act(body);
    if (body === null) return request.socket.destroy();
    const status = typeof body === "number" ? body : 200;
    if (status === 404) body = await readFile(join(root, "404.html"));
    else if (status !== 200) body = Buffer.from(`<!doctype html><title>${status}</title>`);
    const extension = status === 200 ? file.split(".").at(-1) : "html";
    const headers = {
      "Content-Type": TYPES[extension] ?? "application/octet-stream",
      "Content-Security-Policy": POLICY,
      "X-Content-Type-Options": "nosniff",
      "Cache-Control": status !== 200 ? "no-store" : HASHED.test(path) ? "max-age=31536000, immutable" : "max-age=600",
    };
    if (TEXTS.has(extension)) {
      body = gzipSync(body);
      headers["Content-Encoding"] = "gzip";
    }
    entry.bytes = body.length;
    response.writeHead(status, { ...headers, "Content-Length": body.length }).end(body);
  }

  // An address may hold 10,000 characters.
  const server = createServer({ maxHeaderSize: 1 << 18 }, (request, response) => {
    answer(request, response).catch(() => request.socket.destroy());
  });
  await new Promise((done) => { server.listen(0, "127.0.0.1", done); });
  site.origin = `http://127.0.0.1:${server.address().port}`;
  site.close = () => { server.closeAllConnections(); server.close(); };
  return site;
}
