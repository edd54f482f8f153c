// Pages of a PDF become pages of the board.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { newPerson, screenshot, startBrowser } from "../harness/browser.mjs";
import { openBoard, startStand } from "./stand.mjs";

/** Two pages, one wide and one high, each with words and a red square in its upper left corner. */
function twoPages() {
  const objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 >>"];
  for (const [box, content] of [["0 0 400 300", 5], ["0 0 300 400", 6]])
    objects.push(`<< /Type /Page /Parent 2 0 R /MediaBox [${box}] /Contents ${content} 0 R /Resources << /Font << /F 7 0 R >> >> >>`);
  for (const top of [300, 400]) {
    const words = `1 0 0 rg 0 ${top - 60} 60 60 re f BT /F 24 Tf 100 100 Td (Page) Tj ET`;
    objects.push(`<< /Length ${words.length} >>\nstream\n${words}\nendstream`);
  }
  objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
  let file = "%PDF-1.4\n";
  const offsets = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return at;
  });
  const start = file.length;
  file += `xref\n0 8\n0000000000 65535 f \n${offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("")}`;
  return `${file}trailer\n<< /Size 8 /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
}

describe("a PDF on the board", () => {
  let browser, address;
  const endings = [];
  before(async () => {
    const context = { after: (ending) => endings.push(ending) };
    address = await startStand(context);
    browser = await startBrowser(context);
  });
  after(async () => {
    for (const end of endings.reverse()) await end();
  });
  const choose = async (board, name, text) => {
    const chooser = board.page.waitForEvent("filechooser");
    await board.page.getByRole("button", { name: "Insert a picture or PDF" }).click();
    await (await chooser).setFiles({ name, mimeType: "application/pdf", buffer: Buffer.from(text, "latin1") });
  };

  test("has each of its pages on one, below all else, where it was empty also on the first", { timeout: 120_000 }, async (t) => {
    const page = await newPerson(browser, t);
    page.setDefaultTimeout(60_000);
    const board = await openBoard(page, address);
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
    const page = await newPerson(browser, t, { allow: [/PDF/] });
    page.setDefaultTimeout(60_000);
    const board = await openBoard(page, address);
    await choose(board, "none.pdf", "not a PDF at all");
    await page.getByText("“none.pdf” is no picture that can be shown.").first().waitFor();
    await board.count(0);
  });
});
