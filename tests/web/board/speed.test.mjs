// Five thousand objects on a page: what a frame costs. The bounds are wide, as tests share their machine and draw without
// a graphics card; the numbers are printed for those who look.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { boards } from "./stand.mjs";

const OBJECTS = 5000;
const MOST_SCRIPT_MS = 8; // of the 16.7 of a frame
const MOST_USUAL_MS = 34; // between two frames, for one half of them

describe("a page with five thousand objects", () => {
  const open = boards();

  test("is moved, enlarged and drawn on smoothly", { timeout: 180_000 }, async (t) => {
    const board = await open(t, `mock=empty&crowd=${OBJECTS}`);
    const { page } = board;
    page.setDefaultTimeout(60_000);
    await page.waitForFunction((count) => session.board.objectsOf(session.board.currentPage()).length >= count, OBJECTS);
    await board.tool("Shift+1");
    await page.waitForTimeout(3000);
    const debug = await page.context().newCDPSession(page);
    await debug.send("Performance.enable");
    const script = async () => (await debug.send("Performance.getMetrics")).metrics.find(({ name }) => name === "ScriptDuration").value;

    async function measured(what, work) {
      await page.waitForTimeout(800);
      const before = await script();
      const frames = await page.evaluate(async (work) => {
        const stage = document.querySelector("[role=application]");
        stage.setPointerCapture = () => undefined;
        const wheel = (deltaX, deltaY, ctrlKey = false) =>
          stage.dispatchEvent(new WheelEvent("wheel", { deltaX, deltaY, ctrlKey, clientX: 640, clientY: 400, bubbles: true, cancelable: true }));
        const pointer = (type, clientX, clientY) =>
          stage.dispatchEvent(new PointerEvent(type, { clientX, clientY, pointerId: 1, pointerType: "mouse", button: 0, buttons: 1, bubbles: true, cancelable: true }));
        const times = [];
        let last;
        if (work === "draw") pointer("pointerdown", 300, 300);
        for (let step = 0; step < 120; step++) {
          if (work === "pan") wheel(7, 4);
          if (work === "zoom") wheel(0, step < 60 ? -3 : 3, true);
          if (work === "draw") pointer("pointermove", 300 + 3 * step, 300 + 80 * Math.sin(step / 9));
          const time = await new Promise(requestAnimationFrame);
          if (last !== undefined) times.push(time - last);
          last = time;
        }
        if (work === "draw") pointer("pointerup", 660, 300);
        return times.sort((a, b) => a - b);
      }, work);
      const each = ((await script()) - before) * (1000 / frames.length);
      const at = (share) => frames[Math.floor((frames.length - 1) * share)];
      t.diagnostic(`${what}: a frame each ${at(0.5).toFixed(1)} ms, of hundred one later than ${at(0.99).toFixed(1)}; script ${each.toFixed(2)} ms`);
      assert.ok(each < MOST_SCRIPT_MS, `${what}: script takes ${each} ms of a frame`);
      assert.ok(at(0.5) < MOST_USUAL_MS, `${what}: a frame each ${at(0.5)} ms`);
    }

    await measured("moving, all in view", "pan");
    await measured("enlarging", "zoom");
    await board.tool("p");
    await measured("drawing, all in view", "draw");
    await board.tool("v");
    await board.tool("Control+0");
    await measured("moving at 100 %", "pan");
    await board.tool("p");
    await measured("drawing at 100 %", "draw");
    await board.count(OBJECTS + 2);
  });
});
