// The board alone with a made-up session, as web/dev/board.html has it, and what tests do to it.
import { join } from "node:path";
import { before } from "node:test";
import { newPerson, startBrowser } from "../harness/browser.mjs";
import { ROOT } from "../harness/folders.mjs";
import { vite } from "../harness/modules.mjs";
import { wholeFile } from "../harness/whole_file.mjs";

const WEB = join(ROOT, "web");

/** Serves the sources; the address of the page. CONVENE_BOARD_PAGE names one that is already served. */
async function startStand(context) {
  if (process.env.CONVENE_BOARD_PAGE) return process.env.CONVENE_BOARD_PAGE;
  const { createServer } = await vite();
  const server = await createServer({
    root: WEB,
    configFile: join(WEB, "vite.config.js"),
    logLevel: "error",
    cacheDir: join(WEB, "node_modules", ".vite-tests"),
    // Otherwise what is found late makes the page load once more, in the middle of a test.
    optimizeDeps: { include: ["pdfjs-dist/build/pdf.min.mjs"] },
    server: { host: "127.0.0.1", port: 0, hmr: false, watch: null },
  });
  await server.listen();
  context.after(() => server.close());
  return `${server.resolvedUrls.local[0]}dev/board.html`;
}

/**
 * For all tests of a file, a browser and the board: gives a function that opens it in a new window, with nothing on it or
 * with `query` as the mock knows it; `options` are those of newPerson().
 */
export function boards() {
  const file = wholeFile();
  let browser, address;
  before(async () => {
    address = await startStand(file);
    browser = await startBrowser(file);
  });
  return async (t, query, options) => openBoard(await newPerson(browser, t, options), address, query);
}

async function openBoard(page, address, query = "mock=empty") {
  await page.goto(`${address}?${query}`);
  await page.getByRole("application").waitFor();
  await page.waitForFunction(() => globalThis.session !== undefined);
  // The page is fitted once its size is known.
  await page.waitForTimeout(150);
  return new Stand(page);
}

class Stand {
  constructor(page) {
    this.page = page;
  }
  /** From the lowest to the topmost. */
  objects() {
    return this.page.evaluate(() => session.board.objectsOf(session.board.currentPage()));
  }
  async last() {
    return (await this.objects()).at(-1);
  }
  /** Waits until so many are there, and for what comes after it. */
  async count(wanted) {
    await this.page.waitForFunction((n) => session.board.objectsOf(session.board.currentPage()).length === n, wanted);
    await this.page.waitForTimeout(80);
  }
  async focus() {
    await this.page.getByRole("application").focus();
  }
  async tool(key) {
    await this.focus();
    await this.page.keyboard.press(key);
  }
  /** With the mouse, through places of the window. */
  async drag(...places) {
    const [first, ...rest] = places;
    await this.page.mouse.move(...first);
    await this.page.mouse.down();
    for (const place of rest) await this.page.mouse.move(...place, { steps: 8 });
    await this.page.mouse.up();
  }
  /** A drawing that is put there by the session, in coordinates of the page. */
  async put(shape, points, style = {}) {
    await this.page.evaluate(
      ([shape, points, style]) =>
        session.board.draw(session.board.currentPage(), {
          shape,
          points,
          style: { pen: "#1e1e1e", fill: "none", thickness: 4, nib: "circular", pattern: "solid", highlight: false, ...style },
        }),
      [shape, points, style],
    );
    await this.page.waitForTimeout(60);
    return (await this.last()).id;
  }
  /** Where a place of the page is in the window. */
  async screen(x, y) {
    const view = await this.page.evaluate(() => session.conference.sessions[0].presence.view);
    const box = await this.page.getByRole("application").boundingBox();
    return [box.x + ((x - view.x) * box.width) / view.width, box.y + ((y - view.y) * box.height) / view.height];
  }
  /** Pointer events as they come from pens and fingers, one after another. */
  async pointers(events) {
    await this.page.evaluate(async (events) => {
      const stage = document.querySelector("[role=application]");
      stage.setPointerCapture = () => undefined;
      for (const [type, init] of events) {
        stage.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, button: 0, buttons: 1, ...init }));
        await new Promise(requestAnimationFrame);
      }
    }, events);
  }
}
