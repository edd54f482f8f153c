// Pages of a PDF become pages of the board.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { screenshot } from "../harness/browser.mjs";
import { twoPages } from "../harness/pdf.mjs";
import { boards } from "./stand.mjs";

describe("a PDF on the board", () => {
  const open = boards();
  const choose = async (board, name, text) => {
    const chooser = board.page.waitForEvent("filechooser");
    await board.page.getByRole("button", { name: "Insert a picture or PDF" }).click();
    await (await chooser).setFiles({ name, mimeType: "application/pdf", buffer: Buffer.from(text, "latin1") });
  };

  test("has each of its pages on one, below all else, where it was empty also on the first", { timeout: 120_000 }, async (t) => {
    const board = await open(t);
    const { page } = board;
    page.setDefaultTimeout(60_000);
    await choose(board, "two.pdf", twoPages());
    await page.getByText("2 pages placed").first().waitFor();
    const boxes = await page.evaluate(() => session.board.pages().map((one) => session.board.objectsOf(one.id).map((object) => object.box)));
    assert.deepEqual(boxes, [[{ x: 0, y: 0, width: 1024, height: 768 }], [{ x: 224, y: 0, width: 576, height: 768 }]]);
    const red = await page.evaluate(async () => {
      const [one] = session.board.objectsOf(session.board.pages()[1].id);
      const bitmap = await session.board.picture(one.id);
      const on = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
      on.drawImage(bitmap, 0, 0);
      return [...on.getImageData(20, 20, 1, 1).data.slice(0, 3)];
    });
    assert.deepEqual(red, [255, 0, 0]);
    await screenshot(page, "board-pdf");
  });

  test("that is none is told so", { timeout: 120_000 }, async (t) => {
    const board = await open(t, undefined, { allow: [/PDF/] });
    const { page } = board;
    page.setDefaultTimeout(60_000);
    await choose(board, "none.pdf", "not a PDF at all");
    await page.getByText("“none.pdf” is no picture that can be shown.").first().waitFor();
    await board.count(0);
  });
});
