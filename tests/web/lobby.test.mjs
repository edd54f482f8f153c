// The lobby and the door, with a made-up server behind them.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { assertAccessible, assertFits, newPerson, PHONE, screenshot, SMALLEST, startBrowser } from "./harness/browser.mjs";
import { goIn, inRoom } from "./harness/people.mjs";
import { startPreview } from "./harness/preview.mjs";
import { wholeFile } from "./harness/whole_file.mjs";

const file = wholeFile();
let browser, base;
before(async () => {
  base = await startPreview(file);
  browser = await startBrowser(file);
});

for (const [what, options] of Object.entries({
  light: {},
  dark: { dark: true },
  phone: { viewport: PHONE, touch: true },
  smallest: { viewport: SMALLEST, touch: true, language: "de-DE" },
}))
  test(`the lobby, ${what}`, async (t) => {
    const page = await newPerson(browser, t, options);
    await page.goto(`${base}/?mock`);
    await page.getByText("Garden planning").waitFor();
    await page.locator("summary").click();
    await assertAccessible(page, `lobby, ${what}`);
    await assertFits(page, `lobby, ${what}`);
    await page.locator("summary").click();
    await page.evaluate(() => scrollTo(0, 0));
    await screenshot(page, `lobby-${what}`);
  });

test("an empty lobby says what to do", async (t) => {
  const page = await newPerson(browser, t);
  await page.goto(`${base}/?mock=empty`);
  await page.getByText("No conference is listed right now").waitFor();
  await assertAccessible(page, "empty lobby");
});

test("the name is asked for once and remembered", async (t) => {
  const page = await newPerson(browser, t);
  await page.goto(`${base}/?mock`);
  await page.getByRole("button", { name: /^Join: Garden planning/ }).click();
  await page.getByText("Please enter your name first.").waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("autocomplete")), "name");
  await page.getByLabel("Your name").fill("Ada");
  await page.getByRole("button", { name: /^Join: Garden planning/ }).click();
  await inRoom(page);
  await page.goto(`${base}/?mock`);
  assert.equal(await page.getByLabel("Your name").inputValue(), "Ada");
});

test("joining by name and by link", async (t) => {
  const page = await newPerson(browser, t);
  await page.goto(`${base}/?mock`);
  await page.getByLabel("Your name").fill("Ada");
  const wanted = page.getByLabel("Join by name or link");
  await wanted.fill("https://elsewhere.example/c/Other");
  await wanted.press("Enter");
  await page.getByText("This is no link to a conference here.").waitFor();
  await wanted.fill(`${base}/c/Garden%20planning#s3cret`);
  await wanted.press("Enter");
  await inRoom(page);
  assert.equal(new URL(page.url()).hash, "#s3cret");
});

test("creating a conference keeps its owner's secret out of the address", async (t) => {
  const page = await newPerson(browser, t);
  await page.goto(`${base}/?mock`);
  await page.getByLabel("Your name").fill("Ada");
  await page.getByRole("button", { name: "New conference" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Create and enter" }).click();
  await dialog.getByText("Please fill this in.").waitFor();
  await dialog.getByLabel("Name", { exact: true }).fill("Garden planning");
  await dialog.getByRole("button", { name: "Create and enter" }).click();
  await dialog.getByText("There is already a conference of this name.").waitFor();
  await assertAccessible(page, "creating");
  await screenshot(page, "create");
  await dialog.getByLabel("Name", { exact: true }).fill("Book club");
  await dialog.getByLabel("Waiting room").check();
  await dialog.getByRole("button", { name: "Create and enter" }).click();
  await inRoom(page);
  assert.ok(page.url().endsWith("/c/Book%20club"));
  assert.equal(await page.evaluate(() => localStorage.getItem("convene.owner/Book club")), "owner-secret");
});

for (const [code, words] of Object.entries({
  notFound: "There is no such conference",
  locked: "The conference is locked",
  full: "The conference is full",
  expired: "Your invitation has expired",
  usedUp: "Your invitation has been used up",
  revoked: "Your invitation has been withdrawn",
  tooMany: "Too many attempts",
  unavailable: "The server cannot be reached",
}))
  test(`the door says why, and what to do: ${code}`, async (t) => {
    const page = await newPerson(browser, t);
    await goIn(page, `${base}/c/Garden%20planning?mock&refuse=${code}`, "Ada");
    const alert = page.getByRole("alert");
    await alert.getByText(words).waitFor();
    await page.getByRole("button", { name: "Go to the start page" }).waitFor();
    await assertAccessible(page, `door, ${code}`);
    if (code === "locked") await screenshot(page, "door-locked");
  });

test("a password is asked for where it is needed, and a wrong one may be mended", async (t) => {
  const page = await newPerson(browser, t, { viewport: PHONE, touch: true });
  await goIn(page, `${base}/c/Board%20meeting?mock`, "Ada", { password: "guess" });
  await page.getByText("This is not the password.", { exact: false }).waitFor();
  await assertAccessible(page, "wrong password");
  await screenshot(page, "door-password");
  await page.getByLabel("Password", { exact: true }).fill("open");
  await page.getByRole("button", { name: "Join" }).click();
  await inRoom(page);
});

test("the waiting room says that one is in it, and can be left", async (t) => {
  const page = await newPerson(browser, t, { dark: true });
  await goIn(page, `${base}/c/Physics%20101?mock&state=waiting`, "Ada");
  await page.getByRole("heading", { name: "You are in the waiting room" }).waitFor();
  await assertAccessible(page, "waiting room");
  await screenshot(page, "waiting");
  await page.getByRole("button", { name: "Leave" }).click();
  await page.getByRole("heading", { name: "You have left" }).waitFor();
  await assertAccessible(page, "left");
});

test("who is turned away is told so", async (t) => {
  const page = await newPerson(browser, t);
  await goIn(page, `${base}/c/Physics%20101?mock&state=turnedAway`, "Ada");
  await page.getByRole("heading", { name: "You were turned away" }).waitFor();
});

test("an address that leads nowhere leads back", async (t) => {
  const page = await newPerson(browser, t);
  await page.goto(`${base}/nowhere?mock`);
  await page.getByRole("heading", { name: "There is nothing here" }).waitFor();
  await page.getByRole("button", { name: "Go to the start page" }).click();
  await page.getByRole("heading", { name: "Conferences" }).waitFor();
});

test("appearance and language are chosen, and remembered", async (t) => {
  const page = await newPerson(browser, t);
  await page.goto(`${base}/?mock`);
  await page.getByRole("button", { name: "Settings" }).click();
  await page.getByLabel("Dark").check();
  await page.getByLabel("Deutsch").check();
  await page.getByRole("dialog", { name: "Einstellungen" }).waitFor();
  await assertAccessible(page, "settings");
  await page.reload();
  await page.getByRole("button", { name: "Neue Konferenz" }).waitFor();
  assert.deepEqual(await page.evaluate(() => [document.documentElement.dataset.theme, document.documentElement.lang]), ["dark", "de"]);
});
