// The board of somebody whose server is far away: what has been made is known late, and nobody waits for it.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { boards } from "./stand.mjs";

const LATE_MS = 700; // longer than the next thing takes to begin

describe("answers that come late", () => {
  const open = boards();

  /** The made-up server says late what it has done. */
  async function farAway(t) {
    const board = await open(t, "mock=empty");
    await board.page.evaluate((late) => {
      globalThis.answers = 0;
      for (const name of ["draw", "write", "duplicate"]) {
        const now = session.board[name].bind(session.board);
        session.board[name] = async (...args) => {
          const outcome = await now(...args);
          await new Promise((done) => setTimeout(done, late));
          answers++;
          return outcome;
        };
      }
    }, LATE_MS);
    return board;
  }
  const answered = (board, count) => board.page.waitForFunction((count) => answers === count, count);
  const isPressed = (board, name) =>
    board.page.getByRole("button", { name, exact: true }).getAttribute("aria-pressed").then((pressed) => pressed === "true");

  test("leave what is drawn meanwhile, and the tool for it", async (t) => {
    const board = await farAway(t);
    const { page } = board;
    await board.tool("r");
    await board.drag([400, 200], [500, 260]);
    await board.tool("o");
    await page.mouse.move(400, 350);
    await page.mouse.down();
    await page.mouse.move(440, 380, { steps: 3 });
    await answered(board, 1);
    assert.ok(await isPressed(board, "Ellipse"));
    await page.mouse.move(500, 420, { steps: 3 });
    await page.mouse.up();
    await board.count(2);
    assert.deepEqual((await board.objects()).map(({ shape }) => shape), ["rectangle", "ellipse"]);
  });

  test("select what was made, if nothing else was begun", async (t) => {
    const board = await farAway(t);
    await board.tool("r");
    await board.drag([400, 200], [500, 260]);
    assert.ok(await isPressed(board, "Select"), "the tool is put away at once");
    await answered(board, 1);
    await board.page.keyboard.press("Delete");
    await board.count(0);
  });

  test("leave the text that is written meanwhile", async (t) => {
    const board = await farAway(t);
    const { page } = board;
    await board.tool("r");
    await board.drag([400, 200], [500, 260]);
    await board.tool("t");
    await page.mouse.click(600, 400);
    await page.keyboard.type("half ");
    await answered(board, 1);
    await page.keyboard.type("and half");
    await page.keyboard.press("Escape");
    await board.tool("p");
    await answered(board, 2);
    assert.equal((await board.last()).text, "half and half");
    assert.ok(await isPressed(board, "Pen"));
  });

  test("leave the selection that was made meanwhile", async (t) => {
    const board = await farAway(t);
    const { page } = board;
    const first = await board.put("rectangle", [{ x: 300, y: 300 }, { x: 420, y: 400 }], { fill: "#ffc9c9" });
    await board.focus();
    await page.keyboard.press("Control+a");
    await page.keyboard.press("Control+d");
    await page.keyboard.press("Escape");
    await answered(board, 2);
    await page.keyboard.press("Delete");
    await page.waitForTimeout(200);
    const ids = (await board.objects()).map(({ id }) => id);
    assert.equal(ids.length, 2);
    assert.ok(ids.includes(first));
  });

  test("do not call anybody back who writes elsewhere by now", async (t) => {
    const board = await farAway(t);
    const { page } = board;
    await page.evaluate(() => {
      const field = Object.assign(document.createElement("input"), { id: "elsewhere" });
      field.style.cssText = "position: fixed; right: 20px; bottom: 120px; width: 120px; z-index: 9";
      document.body.append(field);
    });
    await board.tool("t");
    await page.mouse.click(600, 400);
    await page.keyboard.type("on the board");
    await page.locator("#elsewhere").click();
    await page.keyboard.type("one ");
    await answered(board, 1);
    await page.waitForTimeout(50);
    await page.keyboard.type("two");
    assert.equal(await page.locator("#elsewhere").inputValue(), "one two");
    assert.equal((await board.last()).text, "on the board");
  });
});
