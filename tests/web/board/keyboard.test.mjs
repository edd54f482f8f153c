// The board without a pointer, and without eyes.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { assertAccessible, assertFits, PHONE, screenshot, SMALLEST } from "../harness/browser.mjs";
import { boards } from "./stand.mjs";

describe("the board by keyboard alone", () => {
  const open = boards();

  test("something is made, moved, resized, written, reached, and deleted", async (t) => {
    const board = await open(t);
    const { page } = board;
    const active = () =>
      page.evaluate(() => document.getElementById(document.activeElement.getAttribute("aria-activedescendant"))?.textContent.trim());
    await board.focus();
    await page.keyboard.press("r");
    await page.keyboard.press("Enter");
    await board.count(1);
    const before = (await board.last()).points;
    for (let count = 0; count < 5; count++) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+ArrowDown");
    await page.waitForFunction((x) => session.board.objectsOf(session.board.currentPage())[0].points[0].x === x, before[0].x + 5);
    assert.equal((await board.last()).points[0].y, before[0].y + 10);
    await page.keyboard.press("Alt+Shift+ArrowRight");
    await page.keyboard.press("Alt+Shift+ArrowRight");
    await page.keyboard.press("Alt+ArrowUp");
    await page.waitForFunction((x) => session.board.objectsOf(session.board.currentPage())[0].points[1].x === x, before[1].x + 25);
    assert.equal((await board.last()).points[1].y, before[1].y + 9);
    await page.waitForFunction(() => /^Now .+ by /.test(document.querySelector("[aria-live=polite]").textContent));

    await page.keyboard.press("Escape");
    await page.keyboard.press("t");
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "Write text" }).waitFor();
    await page.keyboard.type("Spoken");
    await page.keyboard.press("Control+Enter");
    await board.count(2);

    await page.keyboard.press("Escape");
    await page.waitForTimeout(300);
    await page.keyboard.press("Tab");
    const first = await active();
    await page.keyboard.press("Tab");
    const second = await active();
    assert.deepEqual([first, second].map((name) => name?.split(",")[0]).sort(), ["rectangle", "text “Spoken”"]);
    assert.match(first + second, /black/);
    assert.match(first + second, /by Robin/);
    await page.keyboard.press("Shift+Tab");
    assert.equal(await active(), first);

    await page.keyboard.press("Shift+F10");
    await page.getByRole("menu", { name: "Actions for the selection" }).waitFor();
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    await board.count(1);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Delete");
    await board.count(0);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await board.count(2);
  });

  test("an arrow and a line, too", async (t) => {
    const board = await open(t);
    const { page } = board;
    for (const key of ["a", "l", "o", "d", "p"]) {
      await board.tool(key);
      await page.keyboard.press("Enter");
      await page.waitForTimeout(60);
    }
    await board.count(5);
  });

  test("Tab leaves the board after the last object, and after Escape", async (t) => {
    const board = await open(t, "mock");
    const { page } = board;
    await page.waitForTimeout(400);
    await board.focus();
    const onBoard = () => page.evaluate(() => document.activeElement.getAttribute("role") === "application");
    const count = (await board.objects()).length;
    for (let step = 0; step < count; step++) await page.keyboard.press("Tab");
    assert.equal(await onBoard(), true);
    await page.keyboard.press("Tab");
    assert.equal(await onBoard(), false);
    await board.focus();
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    assert.equal(await onBoard(), false);
  });

  test("the list of objects follows what others do", async (t) => {
    const board = await open(t);
    const { page } = board;
    const names = () => page.getByRole("option").allTextContents();
    await page.evaluate(() =>
      session.conference.sessions[1].board.write(session.board.currentPage(), {
        text: "over there",
        at: { x: 900, y: 700 },
        color: "#2f9e44",
        background: "none",
        font: { face: "sans-serif", size: 20, bold: false, italic: false, underline: false },
      }),
    );
    await page.waitForFunction(() => document.querySelectorAll("[role=option]").length === 1);
    assert.match((await names())[0], /text “over there”, green, right bottom, \d+ by \d+, by Amara Okafor/);
    await board.put("ellipse", [{ x: 10, y: 10 }, { x: 90, y: 50 }], { pen: "#e03131" });
    await page.waitForFunction(() => document.querySelectorAll("[role=option]").length === 2);
    assert.match((await names())[0], /ellipse, red, left top, 80 by 40, by Robin/);
  });

  for (const [what, options] of Object.entries({
    light: {},
    dark: { dark: true },
    phone: { viewport: PHONE, touch: true },
    smallest: { viewport: SMALLEST, touch: true, dark: true, language: "de-DE" },
    "at 200 %": { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 },
  }))
    test(`nobody is kept out, ${what}`, async (t) => {
      const board = await open(t, "mock", options);
      const { page } = board;
      await page.waitForTimeout(500);
      await assertAccessible(page, `board, ${what}`);
      await assertFits(page, `board, ${what}`);
      await screenshot(page, `board-${what.replaceAll(/[^a-z0-9]/g, "")}`);
      await board.focus();
      await page.keyboard.press("Control+a");
      const style = page.getByRole("button", { name: /^(Style|Aussehen)$/ });
      if (await style.isVisible()) await style.click();
      await page.getByRole("button", { name: /Show all pages|Alle Seiten zeigen/ }).click();
      await page.waitForTimeout(400);
      await assertAccessible(page, `board with its panels, ${what}`);
      await screenshot(page, `board-panels-${what.replaceAll(/[^a-z0-9]/g, "")}`);
    });

  test("the sheet of keys shows on ?", async (t) => {
    const board = await open(t);
    const { page } = board;
    await board.focus();
    await page.keyboard.press("?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await assertAccessible(page, "sheet of keys");
    await screenshot(page, "board-keys");
    await page.keyboard.press("Escape");
    assert.equal(await page.getByRole("dialog").count(), 0);
  });
});
