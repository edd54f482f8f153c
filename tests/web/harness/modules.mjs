// The packages of web/, which the tests use and nobody installs twice.
import { createRequire } from "node:module";

const fromWeb = createRequire(new URL("../../../web/package.json", import.meta.url));

export const { chromium, devices } = fromWeb("playwright-core");
export const axeSource = fromWeb("axe-core").source;
export const vite = () => import(fromWeb.resolve("vite").replace(/index\.cjs$/, "dist/node/index.js"));
