// Choosing, moving, resizing, turning, copying.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { boards } from "./stand.mjs";

const FILLED = { fill: "#d0ebff" };
const corners = (x, y, width = 100, height = 60) => [{ x, y }, { x: x + width, y: y + height }];

describe("what is selected", () => {
  const open = boards();
  const boxes = async (board) => (await board.objects()).map((object) => object.points[0]);

  test("is dragged, with Alt as a copy, and goes back", async (t) => {
    const board = await open(t);
    await board.put("rectangle", corners(200, 200), FILLED);
    await board.drag(await board.screen(250, 230), await board.screen(350, 280));
    await board.page.waitForFunction(() => session.board.objectsOf(session.board.currentPage())[0].points[0].x > 290);
    const [moved] = await boxes(board);
    assert.ok(Math.abs(moved.x - 300) <= 2 && Math.abs(moved.y - 250) <= 2, JSON.stringify(moved));
    await board.page.keyboard.down("Alt");
    await board.drag(await board.screen(350, 280), await board.screen(350, 480));
    await board.page.keyboard.up("Alt");
    await board.count(2);
    await board.tool("Control+z");
    await board.tool("Control+z");
    await board.count(1);
    assert.deepEqual((await boxes(board))[0], { x: 200, y: 200 });
  });

  test("is several with Shift, or all within a frame that is drawn, and moves together", async (t) => {
    const board = await open(t);
    for (const x of [100, 300, 500]) await board.put("rectangle", corners(x, 200), FILLED);
    await board.page.mouse.click(...(await board.screen(150, 230)));
    await board.page.keyboard.down("Shift");
    await board.page.mouse.click(...(await board.screen(550, 230)));
    await board.page.keyboard.up("Shift");
    await board.drag(await board.screen(150, 230), await board.screen(150, 330));
    await board.page.waitForFunction(() => session.board.objectsOf(session.board.currentPage())[0].points[0].y > 290);
    assert.deepEqual((await boxes(board)).map(({ y }) => Math.round(y / 100)), [3, 2, 3]);
    await board.tool("Escape");
    await board.drag(await board.screen(60, 150), await board.screen(450, 450));
    await board.tool("Delete");
    await board.count(1);
    await board.tool("Control+z");
    await board.count(3);
  });

  test("is resized by its corners and turned by its handle", async (t) => {
    const board = await open(t);
    await board.put("rectangle", corners(300, 300), FILLED);
    await board.page.mouse.click(...(await board.screen(350, 330)));
    const [x, y] = await board.screen(400, 360);
    const [toX, toY] = await board.screen(500, 420);
    // The frame stands off by six CSS pixels and half the pen.
    await board.drag([x + 7, y + 7], [toX + 7, toY + 7]);
    await board.page.waitForFunction(() => session.board.objectsOf(session.board.currentPage())[0].points[1].x > 450);
    const { points } = await board.last();
    assert.deepEqual(points[0], { x: 300, y: 300 });
    assert.ok(Math.abs(points[1].x - 500) <= 3 && Math.abs(points[1].y - 420) <= 3, JSON.stringify(points));
    const [topX, topY] = await board.screen(400, 300);
    const [rightX, rightY] = await board.screen(600, 360);
    await board.drag([topX, topY - 32], [rightX, rightY]);
    await board.page.waitForFunction(() => session.board.objectsOf(session.board.currentPage())[0].rotation);
    const { rotation } = await board.last();
    assert.ok(Math.abs(rotation.degrees - 90) <= 2, `${rotation.degrees} degrees`);
    await board.tool("Control+z");
    await board.page.waitForFunction(() => !session.board.objectsOf(session.board.currentPage())[0].rotation);
  });

  test("Escape lets go of what is being dragged", async (t) => {
    const board = await open(t);
    await board.put("rectangle", corners(200, 200), FILLED);
    await board.page.mouse.move(...(await board.screen(250, 230)));
    await board.page.mouse.down();
    await board.page.mouse.move(700, 500, { steps: 5 });
    await board.page.keyboard.press("Escape");
    await board.page.mouse.up();
    await board.page.waitForTimeout(100);
    assert.deepEqual((await boxes(board))[0], { x: 200, y: 200 });
  });

  test("is stacked, styled and duplicated", async (t) => {
    const board = await open(t);
    const first = await board.put("rectangle", corners(200, 200), FILLED);
    const second = await board.put("rectangle", corners(240, 220), FILLED);
    await board.page.mouse.click(...(await board.screen(210, 210)));
    await board.tool("Control+]");
    await board.page.waitForFunction((id) => session.board.objectsOf(session.board.currentPage()).at(-1).id === id, first);
    await board.tool("Control+[");
    await board.page.waitForFunction((id) => session.board.objectsOf(session.board.currentPage()).at(-1).id === id, second);
    const panel = board.page.getByRole("group", { name: "Style" });
    await panel.getByRole("group", { name: "Stroke" }).getByRole("button", { name: "red" }).click();
    await panel.getByRole("button", { name: "8 pixels wide" }).click();
    await panel.getByRole("button", { name: "Dotted" }).click();
    await board.page.waitForFunction((id) => session.board.object(id).style.pattern === "dotted", first);
    const { style } = await board.page.evaluate((id) => session.board.object(id), first);
    assert.deepEqual([style.pen, style.thickness, style.pattern], ["#e03131", 8, "dotted"]);
    await board.tool("Control+d");
    await board.count(3);
  });

  test("is copied onto another page, and text from elsewhere is pasted as text", async (t) => {
    const board = await open(t);
    const { page } = board;
    await board.put("rectangle", corners(200, 200), FILLED);
    await page.evaluate(() => session.board.addPage());
    const pages = await page.evaluate(() => session.board.pages().map((one) => one.id));
    await page.evaluate((id) => session.board.turnTo(id), pages[0]);
    await board.tool("Control+a");
    await board.tool("Shift+F10");
    await page.getByRole("menuitem", { name: "Copy" }).click();
    await board.tool("PageDown");
    await board.tool("Control+v");
    await page.waitForFunction((id) => session.board.objectsOf(id).length === 1, pages[1]);
    assert.deepEqual(await page.evaluate((id) => session.board.objectsOf(id)[0].points[0], pages[1]), { x: 200, y: 200 });
    await page.evaluate(() => navigator.clipboard.writeText("<b>from elsewhere</b>"));
    await board.tool("Control+v");
    await page.waitForFunction((id) => session.board.objectsOf(id).length === 2, pages[1]);
    assert.equal(await page.evaluate((id) => session.board.objectsOf(id)[1].text, pages[1]), "<b>from elsewhere</b>");
    await board.tool("Control+a");
    await board.tool("Control+x");
    await page.waitForFunction((id) => session.board.objectsOf(id).length === 0, pages[1]);
  });

  test("several change in one step, which one step takes back, from another page too", async (t) => {
    const board = await open(t);
    const { page } = board;
    for (const x of [100, 300, 500]) await board.put("rectangle", corners(x, 200), FILLED);
    await page.evaluate(() => session.board.addPage());
    const [first, second] = await page.evaluate(() => session.board.pages().map((one) => one.id));
    const turnTo = (id) => page.evaluate((id) => session.board.turnTo(id), id);
    const shown = () =>
      page.evaluate((id) => JSON.stringify(session.board.objectsOf(id).map(({ id, points }) => [id, points])), first);
    const until = (text, is) =>
      page.waitForFunction(
        ([id, text, is]) =>
          (JSON.stringify(session.board.objectsOf(id).map(({ id, points }) => [id, points])) === text) === is,
        [first, text, is],
      );
    const [x, y] = await board.screen(600, 260);
    const resize = () => board.drag([x + 7, y + 7], [x + 87, y + 67]);
    const changes = [() => board.tool("ArrowDown"), resize, () => board.tool("Control+d"), () => board.tool("Delete")];
    for (const change of changes) {
      await turnTo(first);
      await board.tool("Control+a");
      const before = await shown();
      await change();
      await until(before, false);
      await page.waitForTimeout(80);
      await turnTo(second);
      await board.tool("Control+z");
      await until(before, true);
    }
  });

  test("pictures are pasted and dropped; scripts in an SVG do not run", async (t) => {
    const board = await open(t);
    const { page } = board;
    const give = (how, name, type, content) =>
      page.evaluate(
        async ([how, name, type, content]) => {
          const data = new DataTransfer();
          const octets = content ?? (await new Promise((done) => Object.assign(document.createElement("canvas"), { width: 60, height: 40 }).toBlob(done)));
          data.items.add(new File([octets], name, { type }));
          const target = document.querySelector("[role=application]");
          const common = { bubbles: true, cancelable: true };
          if (how === "paste") target.dispatchEvent(new ClipboardEvent("paste", { ...common, clipboardData: data }));
          else target.dispatchEvent(new DragEvent("drop", { ...common, dataTransfer: data, clientX: 400, clientY: 300 }));
        },
        [how, name, type, content],
      );
    await give("paste", "a.png", "image/png");
    await board.count(1);
    assert.deepEqual([(await board.last()).width, (await board.last()).height], [60, 40]);
    // It is seen: a crossed box would have grey lines where this one has nothing.
    const grey = await page.evaluate(() => {
      const canvas = document.querySelector("canvas");
      const { data } = canvas.getContext("2d").getImageData(canvas.width / 2 - 8, canvas.height / 2 - 8, 16, 16);
      return data.some((part) => part > 100 && part < 200);
    });
    assert.equal(grey, false);
    const evil = `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="50" onload="globalThis.ran=1"><script>globalThis.ran=1</script><rect width="80" height="50" fill="red"/></svg>`;
    await give("drop", "b.svg", "image/svg+xml", evil);
    await board.count(2);
    assert.equal((await board.last()).kind, "picture");
    assert.equal(await page.evaluate(() => globalThis.ran), undefined);
    await give("drop", "c.png", "image/png", "no picture");
    await page.getByText("“c.png” is no picture that can be shown.").first().waitFor();
    await board.count(2);
  });
});
