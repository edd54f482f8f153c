// From a hand in one browser to the board in another: two pages of one browser in one conference of a real server, on this
// machine. Measured from the event of the pointer that ends a stroke to the moment the other page paints it on its canvas;
// what the screen then takes is the same for every page and not in it.
// Usage: node bench/stroke_latency.mjs [strokes]. CONVENE names a server with pages, CHROMIUM a browser.
import { newPerson, startBrowser } from "../tests/web/harness/browser.mjs";
import { goIn, inRoom } from "../tests/web/harness/people.mjs";
import { CONVENE, Server } from "../tests/web/harness/server.mjs";

const STROKES = Number(process.argv[2] ?? 300);
const FRAME = 1000 / 60; // milliseconds
const COLUMNS = 20;
const PATIENCE = 10_000; // milliseconds for a stroke to arrive

/** In the page that draws: when each stroke ended. */
function noteStrokes() {
  globalThis.ended = [];
  addEventListener("pointerup", (event) => ended.push(performance.timeOrigin + event.timeStamp), { capture: true });
}

/** In the page that looks on: when each drawing was painted first, known by where it begins. */
function notePaintings() {
  globalThis.painted = [];
  const begins = new WeakMap();
  const seen = new Set();
  const moveTo = Path2D.prototype.moveTo;
  Path2D.prototype.moveTo = function (x, y) {
    if (!begins.has(this)) begins.set(this, `${x},${y}`);
    return moveTo.call(this, x, y);
  };
  for (const kind of [CanvasRenderingContext2D, OffscreenCanvasRenderingContext2D]) {
    const stroke = kind.prototype.stroke;
    kind.prototype.stroke = function (...path) {
      const result = stroke.apply(this, path);
      const begin = begins.get(path[0]);
      if (begin !== undefined && !seen.has(begin)) {
        seen.add(begin);
        painted.push(performance.timeOrigin + performance.now());
      }
      return result;
    };
  }
}

async function comeIn(browser, context, server, conference, name, secret) {
  const page = await newPerson(browser, context);
  await page.addInitScript(name === "Ada" ? noteStrokes : notePaintings);
  await goIn(page, server.room(conference, secret), name);
  await inRoom(page);
  await page.getByRole("banner").getByText(/^(Connected|Saved)$/).waitFor({ timeout: 20_000 });
  return page;
}

/** Draws one stroke after another, each where none has begun; the milliseconds that each took. */
async function measure(drawing, looking) {
  const board = drawing.getByRole("application");
  const box = await board.boundingBox();
  await board.focus();
  await drawing.keyboard.press("p");
  await drawing.evaluate(() => void (ended.length = 0));
  for (let stroke = 0; stroke < STROKES; stroke++) {
    // Not in step with the frames, and beside the properties of the pen.
    await drawing.waitForTimeout(2 * FRAME + Math.random() * 3 * FRAME);
    const x = box.x + box.width * (0.35 + (0.5 * (stroke % COLUMNS)) / COLUMNS);
    const y = box.y + box.height * (0.2 + (0.5 * Math.floor(stroke / COLUMNS)) / Math.ceil(STROKES / COLUMNS));
    await drawing.mouse.move(x, y);
    await drawing.mouse.down();
    for (let step = 1; step <= 6; step++) await drawing.mouse.move(x + 8 * step, y + 12 * Math.sin(step));
    await drawing.mouse.up();
    await looking.waitForFunction((wanted) => painted.length >= wanted, stroke + 1, { timeout: PATIENCE });
  }
  const ended = await drawing.evaluate(() => globalThis.ended);
  const painted = await looking.evaluate(() => globalThis.painted);
  if (ended.length !== STROKES || painted.length !== STROKES) throw new Error(`${ended.length} strokes, ${painted.length} paintings`);
  return painted.map((at, stroke) => at - ended[stroke]);
}

const endings = [];
const context = { after: (ending) => endings.push(ending) };
try {
  if (!CONVENE) throw new Error("there is no server; make build");
  const server = await Server.start(context);
  if ((await server.get("/")) !== 200) throw new Error(`${CONVENE} has no pages`);
  const browser = await startBrowser(context);
  const made = await server.api("POST", "/conferences", { name: "Measured" });
  const drawing = await comeIn(browser, context, server, "Measured", "Ada", made.body.owner);
  const looking = await comeIn(browser, context, server, "Measured", "Bob");
  const times = (await measure(drawing, looking)).sort((one, other) => one - other);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  const result = { strokes: times.length, p50_ms: at(0.5), p90_ms: at(0.9), p99_ms: at(0.99), most_ms: at(1) };
  for (const key of Object.keys(result)) result[key] = Number(result[key].toFixed(1));
  console.log(`${result.strokes} strokes from page to page: p50 ${result.p50_ms} ms, p90 ${result.p90_ms} ms, p99 ${result.p99_ms} ms, most ${result.most_ms} ms`);
  console.log(JSON.stringify({ bench: "stroke_latency", ...result }));
} finally {
  for (const ending of endings.reverse()) await ending();
}
