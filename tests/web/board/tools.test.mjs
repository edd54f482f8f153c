// What each tool of the board makes of the pointer.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { screenshot } from "../harness/browser.mjs";
import { boards } from "./stand.mjs";

describe("the tools of the board", () => {
  const open = boards();

  for (const [key, shape, points] of [
    ["r", "rectangle", 2],
    ["2", "rectangle", 2],
    ["d", "closed", 4],
    ["o", "ellipse", 2],
    ["a", "open", 5],
    ["l", "open", 2],
  ])
    test(`${key} draws from here to there, once`, async (t) => {
      const board = await open(t);
      await board.tool(key);
      await board.drag([400, 300], [600, 420]);
      await board.count(1);
      const drawn = await board.last();
      assert.equal(drawn.shape, shape);
      assert.equal(drawn.points.length, points);
      // The next drag selects, and what was drawn is selected.
      await board.drag([100, 600], [120, 640]);
      await board.count(1);
      assert.equal(await board.page.getByRole("button", { name: "Select", exact: true }).getAttribute("aria-pressed"), "true");
    });

  test("a tool that is kept stays", async (t) => {
    const board = await open(t);
    await board.tool("q");
    await board.tool("o");
    await board.drag([400, 300], [500, 350]);
    await board.drag([600, 300], [700, 350]);
    await board.count(2);
  });

  test("Shift makes squares, a click makes nothing", async (t) => {
    const board = await open(t);
    await board.tool("r");
    await board.page.mouse.click(400, 300);
    await board.page.keyboard.down("Shift");
    await board.drag([400, 300], [520, 340]);
    await board.page.keyboard.up("Shift");
    await board.count(1);
    const [a, b] = (await board.last()).points;
    assert.equal(Math.abs(b.x - a.x), Math.abs(b.y - a.y));
  });

  test("the pen sends few points near the line that was drawn", async (t) => {
    const board = await open(t);
    await board.tool("p");
    const way = Array.from({ length: 60 }, (_, x) => [350 + x * 6, 400 + 80 * Math.sin(x / 8)]);
    await board.drag(...way);
    await board.count(1);
    const { points, shape } = await board.last();
    assert.equal(shape, "open");
    assert.ok(points.length > 8 && points.length < 120, `${points.length} points`);
    for (const { x, y } of points) assert.ok(Number.isInteger(x) && Number.isInteger(y));
    const [lastX, lastY] = await board.screen(points.at(-1).x, points.at(-1).y);
    assert.ok(Math.hypot(lastX - way.at(-1)[0], lastY - way.at(-1)[1]) < 3, "it ends where the hand did");
  });

  test("a stroke is on the screen in every frame, from the first place to long after", async (t) => {
    const board = await open(t);
    await board.tool("p");
    const gaps = await board.page.evaluate(async () => {
      const stage = document.querySelector("[role=application]");
      stage.setPointerCapture = () => undefined;
      const event = (type, x, y) =>
        stage.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerId: 1, pointerType: "mouse", button: 0, buttons: 1, clientX: x, clientY: y }));
      const inked = () =>
        [...document.querySelectorAll("canvas")].some((canvas) => {
          const box = canvas.getBoundingClientRect();
          if (box.width < 400) return false;
          const ratio = canvas.width / box.width;
          const [r, g, b, a] = canvas.getContext("2d").getImageData((450 - box.x) * ratio, (300 - box.y) * ratio, 1, 1).data;
          return a > 200 && r + g + b < 200;
        });
      const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      event("pointerdown", 400, 300);
      for (let x = 405; x <= 520; x += 5) {
        event("pointermove", x, 300);
        await frame();
      }
      event("pointerup", 520, 300);
      let without = 0;
      for (let count = 0; count < 40; count++) {
        if (!inked()) without++;
        await frame();
      }
      return without;
    });
    assert.equal(gaps, 0);
  });

  test("a click of the pen is a dot that one sees", async (t) => {
    const board = await open(t);
    const { page } = board;
    await board.tool("p");
    await page.mouse.click(500, 400);
    await board.count(1);
    assert.equal((await board.last()).shape, "point");
    await page.mouse.move(100, 700);
    await page.waitForTimeout(100);
    const sum = await page.evaluate(() => {
      const canvas = document.querySelector("canvas");
      const ratio = canvas.width / canvas.getBoundingClientRect().width;
      return canvas.getContext("2d").getImageData(500 * ratio, 400 * ratio, 1, 1).data.slice(0, 3).reduce((total, part) => total + part, 0);
    });
    assert.ok(sum < 300, `its colour adds up to ${sum}`);
  });

  test("pressure of a pen is the thickness of the stroke", async (t) => {
    const board = await open(t);
    await board.tool("p");
    const stroke = (pressure, y) =>
      board.pointers([
        ["pointerdown", { pointerType: "pen", pressure, clientX: 400, clientY: y }],
        ...Array.from({ length: 10 }, (_, x) => ["pointermove", { pointerType: "pen", pressure, clientX: 400 + x * 10, clientY: y }]),
        ["pointerup", { pointerType: "pen", pressure, buttons: 0, clientX: 500, clientY: y }],
      ]);
    await stroke(0.25, 300);
    await stroke(0.5, 400);
    await stroke(1, 500);
    await board.count(3);
    assert.deepEqual((await board.objects()).map((object) => object.style.thickness), [2, 4, 8]);
  });

  test("the highlighter is translucent and has a colour of its own", async (t) => {
    const board = await open(t);
    await board.tool("m");
    await board.drag([400, 300], [600, 300]);
    await board.count(1);
    const { style } = await board.last();
    assert.equal(style.highlight, true);
    assert.notEqual(style.pen, "#1e1e1e");
  });

  test("the eraser takes what it touches, all in one step back", async (t) => {
    const board = await open(t);
    for (const x of [100, 300, 500]) await board.put("open", [{ x, y: 100 }, { x, y: 400 }]);
    await board.tool("e");
    await board.drag(await board.screen(50, 250), await board.screen(400, 250));
    await board.count(1);
    await board.tool("Control+z");
    await board.count(3);
  });

  test("text is written in place, changed by a double click, and gone when it is emptied", async (t) => {
    const board = await open(t);
    const { page } = board;
    await board.tool("t");
    await page.mouse.click(500, 350);
    await page.keyboard.insertText("Grüße, 世界");
    await page.keyboard.press("Enter");
    await page.keyboard.type("rv1");
    await page.keyboard.press("Escape");
    await board.count(1);
    const written = await board.last();
    assert.equal(written.text, "Grüße, 世界\nrv1");
    const [x, y] = await board.screen(written.at.x + 20, written.at.y + 15);
    await page.mouse.dblclick(x, y);
    await page.getByRole("textbox", { name: "Write text" }).fill("short");
    await page.mouse.click(900, 600);
    await page.waitForFunction(() => session.board.objectsOf(session.board.currentPage())[0].text === "short");
    await page.mouse.dblclick(x, y);
    await page.getByRole("textbox", { name: "Write text" }).fill("");
    await page.keyboard.press("Escape");
    await board.count(0);
  });

  test("text is where it was while it was written", async (t) => {
    const board = await open(t);
    const { page } = board;
    await board.tool("t");
    await page.mouse.click(500, 350);
    await page.keyboard.type("HHHHH");
    await page.waitForTimeout(100);
    const box = await page.getByRole("textbox", { name: "Write text" }).boundingBox();
    const clip = { x: box.x + 2, y: box.y + 2, width: 60, height: box.height - 4 };
    const before = await page.screenshot({ clip, caret: "hide" });
    await page.keyboard.press("Escape");
    await board.count(1);
    await page.keyboard.press("Escape");
    await page.waitForTimeout(150);
    const after = await page.screenshot({ clip });
    const rows = async (png) =>
      page.evaluate(async (url) => {
        const bitmap = await createImageBitmap(await (await fetch(url)).blob());
        const on = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
        on.drawImage(bitmap, 0, 0);
        const { data } = on.getImageData(0, 0, bitmap.width, bitmap.height);
        const dark = [];
        for (let y = 0; y < bitmap.height; y++) {
          let sum = 0;
          for (let x = 0; x < bitmap.width; x++) sum += data[4 * (y * bitmap.width + x)] < 128 ? 1 : 0;
          if (sum > 3) dark.push(y);
        }
        return [dark[0], dark.at(-1)];
      }, `data:image/png;base64,${png.toString("base64")}`);
    const [first, second] = [await rows(before), await rows(after)];
    assert.ok(Math.abs(first[0] - second[0]) <= 1 && Math.abs(first[1] - second[1]) <= 1, `${first} became ${second}`);
  });

  test("the laser leaves nothing on the page and is seen by others", async (t) => {
    const board = await open(t, undefined, { reducedMotion: "no-preference" });
    const { page } = board;
    await page.evaluate(() => {
      globalThis.told = [];
      session.conference.sessions[1].on("presence", ({ presence }) => told.push(presence?.laser));
    });
    await board.tool("k");
    await board.drag([400, 300], [600, 400]);
    await screenshot(page, "board-laser");
    assert.ok((await page.evaluate(() => told)).includes(true));
    await board.count(0);
  });

  test("space and the middle button move the page", async (t) => {
    const board = await open(t);
    const { page } = board;
    const [x, y] = await board.screen(0, 0);
    await board.tool("r");
    await page.keyboard.down(" ");
    await board.drag([600, 400], [650, 430]);
    await page.keyboard.up(" ");
    await page.waitForTimeout(50);
    const [x2, y2] = await board.screen(0, 0);
    assert.ok(Math.abs(x2 - x - 50) < 2 && Math.abs(y2 - y - 30) < 2);
    await page.mouse.move(600, 400);
    await page.mouse.down({ button: "middle" });
    await page.mouse.move(550, 370);
    await page.mouse.up({ button: "middle" });
    await page.waitForTimeout(50);
    assert.ok(Math.abs((await board.screen(0, 0))[0] - x) < 2);
    await board.count(0);
  });
});
