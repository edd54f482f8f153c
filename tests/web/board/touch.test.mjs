// Fingers, pens and palms.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { PHONE, screenshot } from "../harness/browser.mjs";
import { boards } from "./stand.mjs";

describe("the board under fingers", () => {
  const openBoard = boards();
  const open = async (t) => {
    const board = await openBoard(t, undefined, { viewport: PHONE, touch: true });
    const { page } = board;
    const debug = await page.context().newCDPSession(page);
    /** Each step has the places of all fingers. */
    const touch = async (...steps) => {
      let type = "touchStart";
      for (const step of steps) {
        await debug.send("Input.dispatchTouchEvent", { type, touchPoints: step.map(([x, y], id) => ({ x, y, id })) });
        type = "touchMove";
      }
      await debug.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
      await page.waitForTimeout(120);
    };
    return { page, board, touch };
  };
  const view = (page) => page.evaluate(() => session.conference.sessions[0].presence.view);
  const scale = async (page) => PHONE.width / (await view(page)).width;

  test("one finger draws", async (t) => {
    const { page, board, touch } = await open(t);
    await page.getByRole("button", { name: "Pen", exact: true }).tap();
    await touch([[100, 300]], [[150, 340]], [[200, 320]], [[260, 380]]);
    await board.count(1);
    assert.equal((await board.last()).shape, "open");
    await screenshot(page, "board-phone-drawn");
  });

  test("two fingers move and enlarge the page, and draw nothing", async (t) => {
    const { page, board, touch } = await open(t);
    await page.getByRole("button", { name: "Pen", exact: true }).tap();
    const before = await scale(page);
    await touch([[150, 400]], [[150, 400], [210, 400]], [[130, 400], [230, 400]], [[90, 420], [270, 420]]);
    const after = await scale(page);
    assert.ok(Math.abs(after / before - 3) < 0.15, `${before} became ${after}`);
    const was = await view(page);
    await touch([[100, 300], [200, 300]], [[130, 350], [230, 350]], [[160, 400], [260, 400]]);
    const is = await view(page);
    assert.ok(Math.abs((was.x - is.x) * after - 60) < 5 && Math.abs((was.y - is.y) * after - 100) < 5);
    await board.count(0);
  });

  test("a tap with two fingers takes back", async (t) => {
    const { board, page, touch } = await open(t);
    await board.put("rectangle", [{ x: 0, y: 0 }, { x: 50, y: 50 }]);
    await page.getByRole("button", { name: "Pen", exact: true }).tap();
    await touch([[100, 300], [200, 300]]);
    await board.count(0);
  });

  test("what is selected is moved with a finger", async (t) => {
    const { board, page, touch } = await open(t);
    await board.put("rectangle", [{ x: 400, y: 300 }, { x: 600, y: 450 }], { fill: "#d0ebff" });
    const [x, y] = await board.screen(500, 375);
    await touch([[x, y]], [[x + 10, y + 20]], [[x + 20, y + 60]]);
    await page.waitForFunction(() => session.board.objectsOf(session.board.currentPage())[0].points[0].y > 400);
  });

  const finger = (id, x, y, more = {}) => ({ pointerId: id, pointerType: "touch", clientX: x, clientY: y, width: 20, height: 20, ...more });
  const pen = (x, y) => ({ pointerId: 9, pointerType: "pen", pressure: 0.5, clientX: x, clientY: y });

  test("with a pen, the palm does nothing, also one that was there first", async (t) => {
    const { page, board } = await open(t);
    await page.getByRole("button", { name: "Pen", exact: true }).tap();
    await board.pointers([
      ["pointerdown", finger(2, 250, 500)],
      ["pointermove", finger(2, 252, 503)],
      ["pointerdown", pen(100, 300)],
      ["pointermove", pen(140, 330)],
      ["pointerdown", finger(3, 280, 520)],
      ["pointermove", finger(2, 256, 510)],
      ["pointermove", pen(200, 340)],
      ["pointerup", { ...pen(200, 340), buttons: 0 }],
      ["pointerup", { ...finger(2, 256, 510), buttons: 0 }],
      ["pointerup", { ...finger(3, 280, 520), buttons: 0 }],
    ]);
    await board.count(1);
    const [first, last] = [(await board.last()).points[0], (await board.last()).points.at(-1)];
    const [from, to] = [await board.screen(first.x, first.y), await board.screen(last.x, last.y)];
    assert.ok(Math.abs(from[0] - 100) < 4 && Math.abs(to[0] - 200) < 4);
  });

  test("after a pen was seen, a finger moves the page", async (t) => {
    const { page, board } = await open(t);
    await page.getByRole("button", { name: "Pen", exact: true }).tap();
    await board.pointers([["pointermove", { ...pen(100, 300), buttons: 0 }]]);
    const before = await view(page);
    await board.pointers([
      ["pointerdown", finger(2, 100, 300)],
      ["pointermove", finger(2, 150, 300)],
      ["pointerup", { ...finger(2, 150, 300), buttons: 0 }],
    ]);
    await page.waitForTimeout(100);
    assert.ok((await view(page)).x < before.x - 20);
    await board.count(0);
  });

  test("a palm alone is no stroke", async (t) => {
    const { page, board } = await open(t);
    await page.getByRole("button", { name: "Pen", exact: true }).tap();
    const palm = { width: 90, height: 70 };
    await board.pointers([
      ["pointerdown", finger(2, 100, 300, palm)],
      ["pointermove", finger(2, 150, 300, palm)],
      ["pointerup", { ...finger(2, 150, 300, palm), buttons: 0 }],
    ]);
    await board.count(0);
  });
});
