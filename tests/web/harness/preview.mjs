// The pages with a made-up server behind them, under the content security policy of the real one.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "./folders.mjs";
import { vite } from "./modules.mjs";

const WEB = join(ROOT, "web");
const OUT = "dist-mock";

/** Builds the pages with the mock inside, once for all tests unless CONVENE_WEB_BUILT says that it is done, and serves them. */
export async function startPreview(context) {
  const { build, preview } = await vite();
  process.env.VITE_MOCK = "1";
  const common = { root: WEB, configFile: join(WEB, "vite.config.js"), logLevel: "error" };
  if (process.env.CONVENE_WEB_BUILT !== "1" || !existsSync(join(WEB, OUT, "index.html")))
    await build({ ...common, build: { outDir: OUT, emptyOutDir: true } });
  const server = await preview({ ...common, build: { outDir: OUT }, preview: { host: "127.0.0.1", port: 0, strictPort: false } });
  context.after(() => server.close());
  return server.resolvedUrls.local[0].replace(/\/$/, "");
}
