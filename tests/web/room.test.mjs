// The room, with a made-up conference in it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { before, test } from "node:test";
import { assertAccessible, assertFits, newPerson, PHONE, screenshot, SMALLEST, startBrowser } from "./harness/browser.mjs";
import { choose, goIn, inRoom, openPanel, say } from "./harness/people.mjs";
import { startPreview } from "./harness/preview.mjs";
import { wholeFile } from "./harness/whole_file.mjs";

const file = wholeFile();
let browser, base, address;
before(async () => {
  base = await startPreview(file);
  browser = await startBrowser(file);
  address = `${base}/c/Garden%20planning?mock`;
});

async function robin(t, options) {
  const page = await newPerson(browser, t, options);
  await goIn(page, address, "Robin");
  await inRoom(page);
  await page.locator("canvas").first().waitFor();
  return page;
}

for (const dark of [false, true])
  test(`the room and its panels, ${dark ? "dark" : "light"}`, async (t) => {
    const page = await robin(t, { dark });
    const look = dark ? "dark" : "light";
    for (const panel of ["People", "Chat", "Files"]) {
      await openPanel(page, panel);
      await page.waitForTimeout(300);
      await assertAccessible(page, `${panel}, ${look}`);
      await screenshot(page, `room-${panel.toLowerCase()}-${look}`);
    }
  });

for (const [what, options] of Object.entries({ phone: { viewport: PHONE }, smallest: { viewport: SMALLEST } }))
  test(`the room on a phone, ${what}`, async (t) => {
    const page = await robin(t, { ...options, touch: true });
    await page.waitForTimeout(300);
    await assertFits(page, what);
    await assertAccessible(page, what);
    await screenshot(page, `room-${what}`);
    for (const panel of ["People", "Chat", "Files"]) {
      await openPanel(page, panel);
      await assertFits(page, `${panel}, ${what}`);
      await assertAccessible(page, `${panel}, ${what}`);
      await screenshot(page, `room-${what}-${panel.toLowerCase()}`);
    }
  });

test("a tablet has the panel over the board", async (t) => {
  const page = await robin(t, { viewport: { width: 768, height: 1024 }, touch: true });
  await openPanel(page, "Chat");
  await assertFits(page, "tablet");
  await assertAccessible(page, "tablet");
  await screenshot(page, "room-tablet");
});

test("what is said is shown, links can be clicked, and HTML is text", async (t) => {
  const page = await robin(t);
  await say(page, '<img src=x onerror="document.title=1"> https://example.org/a. javascript:alert(1)');
  const chat = page.getByRole("log");
  await chat.getByText('<img src=x onerror="document.title=1">', { exact: false }).waitFor();
  const link = chat.getByRole("link", { name: "https://example.org/a" });
  assert.equal(await link.getAttribute("href"), "https://example.org/a");
  assert.match((await link.getAttribute("rel")) ?? "", /noopener noreferrer/);
  assert.equal(await chat.getByRole("link", { name: /javascript/ }).count(), 0);
  assert.equal(await chat.locator("img").count(), 0);
});

test("lines of several rows, and long ones", async (t) => {
  const page = await robin(t);
  const chat = await openPanel(page, "Chat");
  const field = chat.getByRole("textbox");
  await field.fill("first");
  await field.press("Shift+Enter");
  await field.pressSequentially("second");
  await field.press("Enter");
  await chat.getByText("first\nsecond").waitFor();
  await field.fill("long ".repeat(600));
  await field.press("Enter");
  await chat.getByRole("button", { name: "Show all of it" }).click();
  await chat.getByRole("button", { name: "Show less" }).waitFor();
});

test("a private message goes to one", async (t) => {
  const page = await robin(t);
  await choose(page, "Amara Okafor", "Message privately");
  const field = page.getByLabel("Private message to Amara Okafor");
  await field.fill("between us");
  await field.press("Enter");
  await page.getByRole("log").getByText("privately to Amara Okafor").waitFor();
  await screenshot(page, "chat-private");
});

test("the chat is saved as text", async (t) => {
  const page = await robin(t);
  await say(page, "for the minutes");
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Save as text" }).click()]);
  assert.equal(download.suggestedFilename(), "Chat of Garden planning.txt");
  assert.match(await readFile(await download.path(), "utf8"), /Robin: for the minutes\n/);
});

test("a file is sent to whom one chooses", async (t) => {
  const page = await robin(t);
  const files = await openPanel(page, "Files");
  await files.locator("input[type=file]").setInputFiles({ name: "../plan\u202Efdp.exe", mimeType: "text/plain", buffer: Buffer.alloc(300_000, 1) });
  const dialog = page.getByRole("dialog", { name: "Send 1 file" });
  await dialog.getByText("planfdp.exe").waitFor();
  await dialog.getByLabel("Some people").check();
  await dialog.getByRole("button", { name: "Send" }).click();
  await dialog.getByText("Choose at least one person.").waitFor();
  await dialog.getByLabel("Jonas Weber").check();
  await assertAccessible(page, "sending");
  await screenshot(page, "send");
  await dialog.getByRole("button", { name: "Send" }).click();
  await files.getByRole("progressbar").waitFor();
  await files.getByText("Sent", { exact: true }).waitFor();
});

test("a dropped file is offered to be sent", async (t) => {
  const page = await robin(t);
  const data = await page.evaluateHandle(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File(["notes"], "notes.txt", { type: "text/plain" }));
    return transfer;
  });
  const panel = await openPanel(page, "People");
  await panel.dispatchEvent("dragover", { dataTransfer: data });
  await page.getByText("Drop to send").waitFor();
  await panel.dispatchEvent("drop", { dataTransfer: data });
  await page.getByRole("dialog", { name: "Send 1 file" }).getByText("notes.txt").waitFor();
});

test("who waits is let in or turned away", async (t) => {
  const page = await robin(t);
  const people = await openPanel(page, "People");
  await people.getByRole("button", { name: "Let in: Priya Raman" }).click();
  await people.getByText("In the waiting room").waitFor({ state: "detached" });
});

test("a moderator locks the door, and takes and gives the right to draw", async (t) => {
  const page = await robin(t);
  const people = await openPanel(page, "People");
  await people.getByRole("switch", { name: "Lock the conference" }).check();
  await page.getByText("Locked: nobody new is let in").waitFor({ state: "attached" });
  await choose(page, "Amara Okafor", "View only");
  const row = people.getByRole("listitem").filter({ hasText: "Amara Okafor" });
  await row.getByText("View only").waitFor();
  await choose(page, "Amara Okafor", "Let draw");
  await row.getByText("View only").waitFor({ state: "detached" });
});

test("removing somebody is asked first", async (t) => {
  const page = await robin(t);
  await choose(page, "Jonas Weber", "Remove from the conference");
  await page.getByRole("dialog", { name: "Remove Jonas Weber?" }).waitFor();
  await assertAccessible(page, "removing");
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
});

test("invitations are made, listed and withdrawn", async (t) => {
  const page = await robin(t);
  await page.getByRole("button", { name: "Invite" }).click();
  const dialog = page.getByRole("dialog", { name: "Invite people" });
  await dialog.getByLabel("Moderate").check();
  await dialog.getByLabel("Note for yourself").fill("for Grace");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = await dialog.getByLabel("Invite", { exact: true }).inputValue();
  assert.match(link, /\/c\/Garden%20planning#.{40}/);
  await assertAccessible(page, "inviting");
  await screenshot(page, "invite");
  await dialog.getByRole("button", { name: "Actions for for Grace" }).click();
  await page.getByRole("menuitem", { name: "Withdraw", exact: true }).click();
  await dialog.getByText("used 0 times · withdrawn", { exact: false }).waitFor();
});

test("one's own name and hand", async (t) => {
  const page = await robin(t);
  await page.getByRole("button", { name: "Raise your hand" }).click();
  const people = await openPanel(page, "People");
  const row = people.getByRole("listitem").filter({ hasText: "(you)" });
  await row.getByText("Hand raised").waitFor({ state: "attached" });
  await choose(page, "Robin", "Change your name");
  const dialog = page.getByRole("dialog", { name: "Change your name" });
  await dialog.getByLabel("Name").fill("Robin Hood");
  await dialog.getByRole("button", { name: "Save" }).click();
  await people.getByText("Robin Hood").waitFor();
});

test("keys with Alt work everywhere, and letters stay with what has the focus", async (t) => {
  const page = await robin(t);
  await page.keyboard.press("Alt+c");
  const chat = page.getByRole("complementary", { name: "Chat" });
  await chat.waitFor();
  await chat.getByRole("textbox").pressSequentially("people");
  assert.equal(await chat.getByRole("textbox").inputValue(), "people");
  await page.keyboard.press("Alt+l");
  await page.getByRole("complementary", { name: "Files" }).waitFor();
  await page.keyboard.press("Alt+l");
  await page.getByRole("complementary").waitFor({ state: "detached" });
  await page.keyboard.press("Alt+i");
  await page.getByRole("dialog", { name: "Invite people" }).waitFor();
});

test("a menu is used by keyboard alone", async (t) => {
  const page = await robin(t);
  await page.getByRole("button", { name: "More", exact: true }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menu", { name: "More" }).waitFor();
  await page.keyboard.press("End");
  await page.keyboard.press("ArrowUp");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent?.trim()), "End for everybody");
  await page.keyboard.press("s");
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Settings" }).waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("dialog").waitFor({ state: "detached" });
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "More");
});

test("who may only look is told so, and offered nothing that is refused", async (t) => {
  const page = await newPerson(browser, t);
  await goIn(page, `${address}&right=view`, "Robin");
  await inRoom(page);
  await page.getByRole("banner").getByText("View only").waitFor();
  await openPanel(page, "People");
  await page.getByRole("button", { name: "Actions for Amara Okafor" }).click();
  await page.getByRole("menuitem", { name: "Message privately" }).waitFor();
  assert.equal(await page.getByRole("menuitem", { name: "Send a file" }).count(), 0);
  assert.equal(await page.getByRole("menuitem", { name: "Remove from the conference" }).count(), 0);
  await page.keyboard.press("Escape");
  const files = await openPanel(page, "Files");
  assert.equal(await files.getByRole("button", { name: "Send files" }).count(), 0);
});

test("leaving leads out, and back", async (t) => {
  const page = await robin(t);
  await page.getByRole("button", { name: "More", exact: true }).click();
  await page.getByRole("menuitem", { name: "Leave" }).click();
  await page.getByRole("heading", { name: "You have left" }).waitFor();
  await screenshot(page, "left");
  await page.getByRole("button", { name: "Join again" }).click();
  await inRoom(page);
});
