// Makes a C++ file that has the built pages inside, compressed.
//
//   node scripts/embed.mjs DIST OUT
//
// OUT gets pages.cpp and the octets that it includes.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { extname, join, relative, resolve } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".ico": "image/x-icon",
  ".jpg": "image/jpeg",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
  ".woff2": "font/woff2",
};
/** These are compressed as they are. */
const COMPRESSED = new Set([".jpg", ".png", ".woff2"]);
/** A compressed form that saves less than this part is not worth a decompression. */
const WORTH = 0.95;

/** Every file below `folder`, without hidden ones. */
function* files(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* files(path);
    else yield path;
  }
}

const [dist, out] = process.argv.slice(2).map((path) => resolve(path));
mkdirSync(out, { recursive: true });

const assembly = [];
const rows = [];
/** Has the assembler take `octets` in, and returns the expression for them. */
function include(name, octets) {
  const file = join(out, name);
  writeFileSync(file, octets);
  const symbol = `convene_page_${name.replace(/\W/g, "_")}`;
  assembly.push(`    ".global ${symbol}\\n.hidden ${symbol}\\n${symbol}:\\n.incbin \\"${file}\\"\\n"`);
  return { symbol, view: `std::string_view(${symbol}, ${octets.length})` };
}

const symbols = [];
for (const [index, path] of [...files(dist)].entries()) {
  const octets = readFileSync(path);
  const extension = extname(path);
  const type = TYPES[extension];
  if (type === undefined) throw new Error(`${path}: what is a ${extension || "file without extension"}?`);
  const forms = [["raw", octets]];
  if (!COMPRESSED.has(extension)) {
    const parameters = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
    forms.push(["gz", gzipSync(octets, { level: 9 })], ["br", brotliCompressSync(octets, { params: parameters })]);
  }
  const views = { raw: "{}", gz: "{}", br: "{}" };
  for (const [form, content] of forms) {
    if (form !== "raw" && content.length > octets.length * WORTH) continue;
    const { symbol, view } = include(`${index}.${form}`, content);
    symbols.push(symbol);
    views[form] = view;
  }
  const address = "/" + relative(dist, path).split("\\").join("/");
  const tag = createHash("sha256").update(octets).digest("hex").slice(0, 24);
  // Vite puts what has a hash in its name into this folder, and nothing else.
  const isImmutable = address.startsWith("/assets/");
  rows.push(
    `    Page{${JSON.stringify(address)}, ${JSON.stringify(type)}, "\\"${tag}\\"", ${views.raw}, ${views.gz}, ` +
      `${views.br}, ${isImmutable}},`,
  );
}

writeFileSync(
  join(out, "pages.cpp"),
  `// Made by web/scripts/embed.mjs.
#include "http/pages.hpp"

asm(".pushsection .rodata\\n"
${assembly.join("\n")}
    ".popsection\\n");

extern "C" {
${symbols.map((symbol) => `extern const char ${symbol}[] __attribute__((visibility("hidden")));`).join("\n")}
}

namespace convene::http {

std::span<const Page> built_pages() {
  static const Page pages[] = {
${rows.join("\n")}
  };
  return pages;
}

}  // namespace convene::http
`,
);
