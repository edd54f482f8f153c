import { svelte } from "@sveltejs/vite-plugin-svelte";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

/** Where the core compiled to WebAssembly lies: convene_session.wasm. */
const wasm = process.env.CONVENE_WASM_DIR ?? here("../build/web");

/** What the server sends with the pages; sent in previews too, so that a page that breaks it is noticed early. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join("; ");

/**
 * Pages without the core can be worked on and tested with a made-up session; one that is to be shipped cannot be built.
 * Where the core is missing, its address is empty.
 */
const mayLackCore = {
  name: "may-lack-core",
  enforce: "pre",
  resolveId: (id) =>
    id.startsWith(wasm) && process.env.VITE_MOCK === "1" && !existsSync(`${wasm}/convene_session.wasm`) ? "\0no-core" : undefined,
  load: (id) => (id === "\0no-core" ? 'export default "";' : undefined),
};

export default defineConfig({
  plugins: [mayLackCore, svelte()],
  resolve: {
    alias: { "@wasm": wasm },
    // Svelte's code for browsers, not that for servers, is what the tests run.
    ...(process.env.VITEST ? { conditions: ["browser"] } : {}),
  },
  build: {
    target: "es2022",
    // Files instead of data: URLs, which the content security policy forbids for scripts and fonts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    manifest: true, // scripts/size.mjs reads it
  },
  worker: { format: "es", plugins: () => [mayLackCore] },
  server: { fs: { allow: [here("."), wasm] } },
  preview: { headers: { "Content-Security-Policy": contentSecurityPolicy } },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
