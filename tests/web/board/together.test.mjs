// The board with others: pages, who is where, following, and those who only look.
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { screenshot } from "../harness/browser.mjs";
import { boards } from "./stand.mjs";

describe("the board with others", () => {
  const open = boards();
  const current = (board) => board.page.evaluate(() => session.board.pages().findIndex((page) => page.id === session.board.currentPage()));
  const counter = (board) => board.page.getByRole("button", { name: /Show all pages/ });

  test("pages are added, turned for all or for oneself, moved, and removed after a question", async (t) => {
    const board = await open(t);
    const { page } = board;
    await counter(board).click();
    const tray = page.getByRole("region", { name: "Pages" });
    await tray.getByRole("button", { name: "Add a page" }).click();
    await tray.getByRole("button", { name: /^Page 2 of 2/ }).waitFor();
    await tray.getByRole("button", { name: "Add a page" }).click();
    await tray.getByRole("button", { name: /^Page 3 of 3/ }).waitFor();
    assert.equal(await current(board), 2);
    await board.tool("PageUp");
    await page.waitForFunction(() => session.board.pages()[1].id === session.board.currentPage());

    // For oneself: the others stay.
    await tray.getByRole("switch", { name: "Stay with everybody" }).click();
    await tray.getByRole("button", { name: /^Page 1 of 3/ }).click();
    await counter(board).getByText("").count();
    assert.equal(await current(board), 1);
    assert.match(await counter(board).getAttribute("aria-label"), /Page 1 of 3/);
    await page.evaluate(() => session.conference.sessions[1].board.turnTo(session.board.pages()[2].id));
    assert.match(await counter(board).getAttribute("aria-label"), /Page 1 of 3/);
    await tray.getByRole("switch", { name: "Stay with everybody" }).click();
    await page.waitForFunction(() => /Page 3 of 3/.test(document.querySelector(".count").ariaLabel));

    const order = await page.evaluate(() => session.board.pages().map((one) => one.id));
    await tray.getByRole("button", { name: /^Page 3 of 3/ }).press("Alt+ArrowLeft");
    await page.waitForFunction((id) => session.board.pages()[1].id === id, order[2]);

    await board.put("rectangle", [{ x: 0, y: 0 }, { x: 50, y: 50 }]);
    await tray.getByRole("button", { name: "Remove page 2" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await page.waitForFunction(() => session.board.pages().length === 2);
    await page.getByRole("button", { name: "Undo", exact: true }).last().click();
    await page.waitForFunction((id) => session.board.objectsOf(id).length === 1, order[2]);
  });

  test("a thumbnail is dragged to its place", async (t) => {
    const board = await open(t, "mock");
    const { page } = board;
    await page.waitForTimeout(300);
    await counter(board).click();
    const order = await page.evaluate(() => session.board.pages().map((one) => one.id));
    const [first, last] = await Promise.all(
      [order[0], order[2]].map((id) => page.locator(`#board-page-${id}`).boundingBox()),
    );
    await board.drag([first.x + 40, first.y + 40], [last.x + 120, last.y + 40]);
    await page.waitForFunction((id) => session.board.pages()[2].id === id, order[0]);
  });

  test("paper has a colour, and clearing a page asks and can be undone", async (t) => {
    const board = await open(t, "mock");
    const { page } = board;
    await page.waitForTimeout(300);
    const before = (await board.objects()).length;
    await counter(board).click();
    await page.getByRole("group", { name: "Paper" }).getByRole("button", { name: "light yellow" }).click();
    await page.waitForFunction(() => session.board.pages()[0].background === "#fff9db");
    await page.mouse.click(1200, 300, { button: "right" });
    await page.getByRole("menuitem", { name: "Clear the page" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Clear the page" }).click();
    await board.count(0);
    await board.tool("Control+z");
    await board.count(before);
  });

  test("somebody is followed, until one moves the page oneself", async (t) => {
    const board = await open(t, "mock");
    const { page } = board;
    await page.waitForTimeout(300);
    const node = await page.evaluate(() => session.conference.sessions[2].self);
    await page.evaluate((node) => follow(node), node);
    await page.getByText("You see what Jonas Weber sees.").waitFor();
    await page.evaluate(() => {
      const other = session.conference.sessions[2];
      other.board.setPresence({ page: session.board.pages()[1].id, view: { x: 200, y: 100, width: 640, height: 400 }, laser: false, busy: false });
    });
    await page.waitForFunction(() => /Page 2 of 3/.test(document.querySelector(".count").ariaLabel));
    const view = await page.evaluate(() => session.conference.sessions[0].presence.view);
    assert.deepEqual(view, { x: 200, y: 100, width: 640, height: 400 });
    await screenshot(page, "board-follow");
    await page.mouse.move(600, 400);
    await page.mouse.wheel(0, 50);
    await page.getByText("You see what Jonas Weber sees.").waitFor({ state: "detached" });
  });

  test("others are told where this person is and that they draw", async (t) => {
    const board = await open(t);
    const { page } = board;
    await page.evaluate(() => {
      globalThis.told = [];
      session.conference.sessions[1].on("presence", ({ presence }) => told.push(presence));
    });
    await board.tool("p");
    await board.drag([400, 300], [600, 420]);
    await board.count(1);
    const told = await page.evaluate(() => told);
    const [x, y] = await board.screen(told.at(-1).cursor.x, told.at(-1).cursor.y);
    assert.ok(Math.hypot(x - 600, y - 420) < 4);
    assert.ok(told.some((presence) => presence.busy) && !told.at(-1).busy);
  });

  test("what others draw appears, and that they do", async (t) => {
    const board = await open(t, "mock");
    await board.page.getByText("Jonas Weber is drawing").waitFor();
    const dark = () =>
      board.page.evaluate(() => {
        const canvas = document.querySelector("canvas");
        const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let at = 0; at < data.length; at += 4) if (data[at] > 200 && data[at + 1] < 40 && data[at + 2] < 40) count++;
        return count;
      });
    const before = await dark();
    await board.page.evaluate(() =>
      session.conference.sessions[1].board.draw(session.board.currentPage(), {
        shape: "open",
        style: { pen: "#ff0000", fill: "none", thickness: 10, nib: "circular", pattern: "solid", highlight: false },
        points: [{ x: 500, y: 600 }, { x: 700, y: 600 }],
      }),
    );
    await board.page.waitForTimeout(150);
    assert.ok((await dark()) > before + 500);
  });

  test("who only looks can look, and hears why not more", async (t) => {
    const board = await open(t, "mock&readonly");
    const { page } = board;
    await page.waitForTimeout(300);
    const before = (await board.objects()).length;
    await page.getByText("You can look, but not draw.").waitFor();
    assert.equal(await page.getByRole("button", { name: "Pen", exact: true }).isDisabled(), true);
    await board.tool("p");
    await board.drag([400, 600], [600, 620]);
    await board.tool("Control+a");
    await page.keyboard.press("Delete");
    await page.keyboard.press("Control+x");
    await board.drag([400, 280], [600, 420]);
    await page.keyboard.press("Control+z");
    await page.waitForTimeout(200);
    assert.equal((await board.objects()).length, before);
    await screenshot(page, "board-readonly");
    await board.tool("PageDown");
    await page.waitForFunction(() => /Page 2 of 3/.test(document.querySelector(".count").ariaLabel));
    assert.equal(await current(board), 0);
  });

  test("the first who draws makes the first page", async (t) => {
    const board = await open(t, "mock=blank");
    const { page } = board;
    assert.equal(await page.evaluate(() => session.board.pages().length), 0);
    await board.tool("p");
    await board.drag([400, 300], [600, 420]);
    await board.drag([400, 400], [600, 520]);
    await board.count(2);
    assert.equal(await page.evaluate(() => session.board.pages().length), 1);
    const [first] = await board.objects();
    const [x, y] = await board.screen(first.points[0].x, first.points[0].y);
    assert.ok(Math.hypot(x - 400, y - 300) < 3, "it is where it was drawn");
  });

  test("what is being drawn or written when the page is turned stays on its page", async (t) => {
    const board = await open(t, "mock");
    const { page } = board;
    await page.waitForTimeout(300);
    const pages = await page.evaluate(() => session.board.pages().map((one) => one.id));
    const turn = (to) => page.evaluate((id) => session.conference.sessions[1].board.turnTo(id), pages[to]);
    await board.tool("p");
    await page.mouse.move(400, 600);
    await page.mouse.down();
    await page.mouse.move(500, 620, { steps: 5 });
    await turn(1);
    await page.mouse.up();
    await board.tool("t");
    await page.mouse.click(500, 350);
    await page.keyboard.type("kept");
    await turn(2);
    await page.waitForFunction((id) => session.board.objectsOf(id).some((object) => object.text === "kept"), pages[1]);
    const [first, second, third] = await page.evaluate((pages) => pages.map((id) => session.board.objectsOf(id).length), pages);
    assert.deepEqual([first, second, third], [15, 1, 0]);
  });
});
