// Chromium, and what tests do with its pages.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { SCREENSHOTS } from "./folders.mjs";
import { axeSource, chromium } from "./modules.mjs";

const CHROMIUM = [process.env.CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(
  (path) => path && existsSync(path),
);
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 360, height: 740 };
export const SMALLEST = { width: 320, height: 568 };

/** One browser for all tests of a file. */
export async function startBrowser(context) {
  assert.ok(CHROMIUM, "there is no Chromium; scripts/install-dependencies test");
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  context.after(() => browser.close());
  return browser;
}

/**
 * A person's browser window with a fresh profile. What goes wrong in its page fails the test: errors that nobody caught,
 * and everything that the content security policy forbids. `allow`: patterns of messages that the test provokes.
 */
export async function newPerson(browser, context, { viewport = DESKTOP, dark = false, touch = false, language = "en-GB", allow = [], ...rest } = {}) {
  const window = await browser.newContext({
    viewport,
    colorScheme: dark ? "dark" : "light",
    locale: language,
    hasTouch: touch,
    isMobile: touch,
    ignoreHTTPSErrors: true,
    permissions: ["clipboard-read", "clipboard-write"],
    reducedMotion: "reduce",
    ...rest,
  });
  const page = await window.newPage();
  page.setDefaultTimeout(15_000);
  const wrong = [];
  page.on("pageerror", (error) => wrong.push(String(error.stack ?? error)));
  page.on("console", (message) => {
    const text = message.text();
    if (message.type() !== "error" || allow.some((pattern) => pattern.test(text))) return;
    // That a request was answered with no is for the page to tell; the browser's own words about it are no fault.
    if (!/^Failed to load resource|WebSocket connection to/.test(text)) wrong.push(text);
  });
  context.after(async () => {
    await window.close();
    assert.deepEqual(wrong, [], "errors in the page");
  });
  return page;
}

/** Fails when axe finds that somebody cannot use the page. */
export async function assertAccessible(page, what) {
  // The source is evaluated by the debugger's protocol, which no content security policy holds up.
  await page.evaluate(axeSource);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
  const told = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `    ${node.target.join(" ")}\n      ${node.failureSummary?.replaceAll("\n", " ")}`).join("\n")}`);
  assert.deepEqual(told, [], `axe, ${what}`);
}

/** Fails when something is wider than the window. */
export async function assertFits(page, what) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(content <= window, `${what}: ${content} pixels wide in a window of ${window}`);
}

export async function screenshot(page, name) {
  await page.screenshot({ path: join(SCREENSHOTS, `${name}.png`) });
}
