// What is drawn looks the same in every browser, and in the pictures that the command line makes.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";
import { newPerson, screenshot, startBrowser } from "./harness/browser.mjs";
import { temporaryFolder } from "./harness/folders.mjs";
import { goIn, inRoom } from "./harness/people.mjs";
import { CONVENE, Server } from "./harness/server.mjs";
import { wholeFile } from "./harness/whole_file.mjs";

const skip = CONVENE ? false : "the program is not built";
const CONFERENCE = "Pixels";
const SCALE = 2; // pixels of a page's export for one of the whiteboard
/** Of 255: edges are smoothed, and letters hinted, in two ways by two painters. Less than a marker differs from white. */
const MOST_APART = 64;
/** The share of pixels that may be further apart: 0.00008 are. One object less makes 0.0012 at least, one moved a pixel 0.0004. */
const MOST_DIFFERENT = 0.0002;

const file = wholeFile();
let browser, server;
before(async () => {
  if (skip) return;
  browser = await startBrowser(file);
  server = await Server.start(file);
});

async function enter(t, name, secret) {
  const page = await newPerson(browser, t);
  await goIn(page, server.room(CONFERENCE, secret), name);
  await inRoom(page);
  await page.getByRole("banner").getByText(/^(Connected|Saved)$/).waitFor({ timeout: 20_000 });
  await page.getByRole("application").waitFor();
  return page;
}

async function drag(page, key, ...places) {
  const board = page.getByRole("application");
  await board.focus();
  await page.keyboard.press(key);
  const { x, y } = await board.boundingBox();
  const [first, ...rest] = places.map(([left, top]) => [x + left, y + top]);
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const place of rest) await page.mouse.move(...place, { steps: 8 });
  await page.mouse.up();
}

const DRAWN = 7;
/** Right of where the panel with colours opens. */
async function drawEverything(page) {
  await drag(page, "7", [320, 110], [400, 180], [450, 100], [520, 170]);
  await drag(page, "2", [560, 110], [680, 190]);
  await page.keyboard.press("4");
  await page.getByRole("group", { name: "Fill" }).getByRole("button").nth(2).click();
  await drag(page, "4", [720, 110], [840, 190]);
  await drag(page, "5", [320, 260], [480, 320]);
  await drag(page, "6", [520, 260], [660, 340]);
  await drag(page, "m", [680, 280], [840, 300]);
  await drag(page, "8", [330, 480]);
  await page.keyboard.type("Same everywhere");
  await page.keyboard.press("Escape");
}

/** Waits until everything that was drawn is there: the list of what lies on the page tells it. */
async function all(page) {
  await page.getByRole("application").getByRole("option").nth(DRAWN - 1).waitFor({ state: "attached" });
}

async function exported(page, folder, name) {
  await page.getByRole("button", { name: "Export this page" }).click();
  const coming = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: "Picture (PNG)" }).click();
  await (await coming).saveAs(join(folder, name));
  return join(folder, name);
}

/** The share of pixels of two PNGs that are more than `apart` of 255 apart, in any of their colours. */
async function difference(blank, one, other, apart) {
  const texts = await Promise.all([one, other].map(async (path) => (await readFile(path)).toString("base64")));
  return await blank.evaluate(
    async ([texts, apart]) => {
      const decoded = async (text) => {
        const bitmap = await createImageBitmap(new Blob([Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))]));
        const on = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
        on.drawImage(bitmap, 0, 0);
        return on.getImageData(0, 0, bitmap.width, bitmap.height);
      };
      const [a, b] = await Promise.all(texts.map(decoded));
      if (a.width !== b.width || a.height !== b.height) throw new Error(`${a.width} × ${a.height} and ${b.width} × ${b.height} pixels`);
      let different = 0;
      for (let at = 0; at < a.data.length; at += 4)
        if ([0, 1, 2, 3].some((part) => Math.abs(a.data[at + part] - b.data[at + part]) > apart)) different++;
      return (different * 4) / a.data.length;
    },
    [texts, apart],
  );
}

test("a drawing is the same in two browsers and on the command line", { skip, timeout: 120_000 }, async (t) => {
  const made = await server.api("POST", "/conferences", { name: CONFERENCE });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const [ada, bob] = [await enter(t, "Ada", made.body.owner), await enter(t, "Bob")];
  await drawEverything(ada);
  await screenshot(ada, "pixels");
  await Promise.all([all(ada), all(bob)]);
  const folder = temporaryFolder(t);
  const [adas, bobs] = [await exported(ada, folder, "ada.png"), await exported(bob, folder, "bob.png")];
  const drawn = join(folder, "convene.png");
  const args = ["whiteboard", "export", `127.0.0.1:${server.port}`, CONFERENCE, drawn, "--scale", String(SCALE), "--no-input"];
  await promisify(execFile)(CONVENE, args, { timeout: 30_000 });

  const blank = await newPerson(browser, t);
  assert.equal(await difference(blank, adas, bobs, 0), 0, "the browsers show what is not the same");
  const share = await difference(blank, adas, drawn, MOST_APART);
  assert.ok(share <= MOST_DIFFERENT, `the command line differs in ${share} of all pixels`);
});
