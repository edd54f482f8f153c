// The administrators' page, with a made-up server behind it.
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { assertAccessible, assertFits, newPerson, screenshot, SMALLEST, startBrowser } from "./harness/browser.mjs";
import { startPreview } from "./harness/preview.mjs";
import { wholeFile } from "./harness/whole_file.mjs";

const file = wholeFile();
let browser, base;
before(async () => {
  base = await startPreview(file);
  browser = await startBrowser(file);
});

async function administrator(t, options) {
  const page = await newPerson(browser, t, options);
  await page.goto(`${base}/admin?mock`);
  await page.getByLabel("Administrators’ token").fill("open");
  await page.getByRole("button", { name: "Enter" }).click();
  await page.getByRole("tab", { name: "Overview" }).waitFor();
  return page;
}
const openTab = (page, name) => page.getByRole("tab", { name }).click();

test("a wrong token opens nothing", async (t) => {
  const page = await newPerson(browser, t);
  await page.goto(`${base}/admin?mock`);
  await page.getByLabel("Administrators’ token").fill("guess");
  await page.getByRole("button", { name: "Enter" }).click();
  await page.getByText("The server does not know this token.").waitFor();
  await assertAccessible(page, "token");
  assert.equal(await page.getByRole("tab").count(), 0);
});

for (const dark of [false, true])
  test(`every part of it, ${dark ? "dark" : "light"}`, async (t) => {
    const page = await administrator(t, { dark });
    const look = dark ? "dark" : "light";
    await page.getByText("Running for").waitFor();
    await page.getByText(/kB\/s/).first().waitFor(); // the traffic is known once it was asked for twice
    await assertAccessible(page, `overview, ${look}`);
    await screenshot(page, `admin-overview-${look}`);
    await openTab(page, "Conferences");
    await page.getByRole("button", { name: "Show who is in Garden planning" }).click();
    await page.getByText("Amara Okafor").waitFor();
    await assertAccessible(page, `conferences, ${look}`);
    await screenshot(page, `admin-conferences-${look}`);
    for (const name of ["Settings and limits", "Applications"]) {
      await openTab(page, name);
      await page.getByRole("tabpanel").getByRole("table").first().waitFor();
      await assertAccessible(page, `${name}, ${look}`);
    }
  });

test("it fits a phone", async (t) => {
  const page = await administrator(t, { viewport: SMALLEST, touch: true });
  for (const name of ["Overview", "Conferences", "Settings and limits", "Applications"]) {
    await openTab(page, name);
    await page.waitForTimeout(200);
    await assertFits(page, name);
    await assertAccessible(page, `${name} on a phone`);
  }
});

test("the token goes with the tab, and on signing out", async (t) => {
  const page = await administrator(t);
  await page.reload();
  await page.getByRole("tab", { name: "Overview" }).waitFor();
  assert.equal(await page.evaluate(() => JSON.stringify(localStorage).includes("open")), false);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByLabel("Administrators’ token").waitFor();
  assert.equal(await page.evaluate(() => sessionStorage.length), 0);
});

test("a node is removed, a conference locked, exported and ended", async (t) => {
  const page = await administrator(t);
  await openTab(page, "Conferences");
  await page.getByRole("button", { name: "Show who is in Garden planning" }).click();
  await page.getByRole("button", { name: "Remove Jonas Weber" }).click();
  await page.getByRole("button", { name: "Remove Jonas Weber" }).waitFor({ state: "detached" });

  const choose = async (item) => {
    await page.getByRole("button", { name: "Actions for Garden planning" }).click();
    await page.getByRole("menuitem", { name: item, exact: true }).click();
  };
  await choose("Lock");
  await page.getByRole("listitem").filter({ hasText: "Garden planning" }).getByText("Locked").waitFor();
  await choose("Export");
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("New folder on the server").fill("/tmp/1");
  await dialog.getByRole("button", { name: "Export" }).click();
  await dialog.getByText("Exported to /tmp/1: 7 files, 3.9 MB.").waitFor();
  await page.keyboard.press("Escape");
  await choose("End for everybody");
  await page.getByRole("dialog").getByRole("button", { name: "End for everybody" }).click();
  await page.getByText("Garden planning").first().waitFor({ state: "detached" });
});

test("an owner is invited by a link", async (t) => {
  const page = await administrator(t);
  await openTab(page, "Conferences");
  await page.getByRole("button", { name: "Actions for Physics 101" }).click();
  await page.getByRole("menuitem", { name: "Invite as owner" }).click();
  const link = await page.getByRole("dialog").getByRole("textbox").inputValue();
  assert.match(link, /\/c\/Physics%20101#.{43}$/);
});
