// The administrators' page with a real server behind it.
import assert from "node:assert/strict";
import { join } from "node:path";
import { before, test } from "node:test";
import { assertAccessible, newPerson, screenshot, startBrowser } from "./harness/browser.mjs";
import { goIn, inRoom } from "./harness/people.mjs";
import { CONVENE, Server } from "./harness/server.mjs";
import { wholeFile } from "./harness/whole_file.mjs";

const skip = CONVENE ? false : "the program is not built";
const file = wholeFile();
let browser, server, token;
before(async () => {
  if (skip) return;
  browser = await startBrowser(file);
  server = await Server.start(file);
  token = await server.adminToken();
});

async function administrator(t) {
  const page = await newPerson(browser, t);
  await page.goto(`${server.origin}/admin`);
  await page.getByLabel("Administrators’ token").fill(token);
  await page.getByRole("button", { name: "Enter" }).click();
  await page.getByRole("tab", { name: "Overview" }).waitFor();
  return page;
}

test("a wrong token opens nothing", { skip }, async (t) => {
  const page = await newPerson(browser, t);
  await page.goto(`${server.origin}/admin`);
  await page.getByLabel("Administrators’ token").fill(`${token}x`);
  await page.getByRole("button", { name: "Enter" }).click();
  await page.getByText("The server does not know this token.").waitFor();
});

test("it tells how the server is", { skip }, async (t) => {
  const page = await administrator(t);
  await page.getByText("Running for").waitFor();
  await page.getByText("Received").waitFor();
  await page.getByText(`127.0.0.1:${server.port}`).waitFor();
  await assertAccessible(page, "overview");
  await page.getByRole("tab", { name: "Settings and limits" }).click();
  await page.getByRole("heading", { name: "[web]" }).waitFor();
  await assertAccessible(page, "settings");
});

test("a person is removed, and a conference ended", { skip }, async (t) => {
  const made = await server.api("POST", "/conferences", { name: "Overseen" });
  assert.equal(made.status, 201);
  const bob = await newPerson(browser, t);
  await goIn(bob, server.room("Overseen"), "Bob");
  await inRoom(bob);
  const terminal = await server.terminal(t, "Overseen", "Terry");

  const page = await administrator(t);
  await page.getByRole("tab", { name: "Conferences" }).click();
  await page.getByRole("button", { name: "Show who is in Overseen" }).click();
  await page.getByText("Terry").waitFor();
  await screenshot(page, "administration");
  await page.getByRole("button", { name: "Remove Bob" }).click();
  await bob.getByRole("heading", { name: "You were removed" }).waitFor();

  await page.getByRole("button", { name: "Actions for Overseen" }).click();
  await page.getByRole("menuitem", { name: "End for everybody" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "End for everybody" }).click();
  await terminal.event("terminating");
});

test("what is kept is exported to a folder of the server", { skip }, async (t) => {
  assert.equal((await server.api("POST", "/conferences", { name: "Kept", keep: true }, token)).status, 201);
  const terminal = await server.terminal(t, "Kept", "Terry");
  terminal.type("for the archive");
  await terminal.event("chat-saved", (event) => event.left === 0);
  const page = await administrator(t);
  await page.getByRole("tab", { name: "Conferences" }).click();
  await page.getByRole("button", { name: "Actions for Kept" }).click();
  await page.getByRole("menuitem", { name: "Export" }).click();
  const folder = join(server.folder, "exported");
  await page.getByLabel("New folder on the server").fill(folder);
  await page.getByRole("dialog").getByRole("button", { name: "Export" }).click();
  await page.getByRole("dialog").getByText(`Exported to ${folder}`, { exact: false }).waitFor();
});

test("the link of an owner opens a locked conference", { skip }, async (t) => {
  const name = "Locked";
  assert.equal((await server.api("POST", "/conferences", { name })).status, 201);
  const page = await administrator(t);
  await page.getByRole("tab", { name: "Conferences" }).click();
  for (const item of ["Lock", "Invite as owner"]) {
    await page.getByRole("button", { name: `Actions for ${name}` }).click();
    await page.getByRole("menuitem", { name: item, exact: true }).click();
  }
  const link = await page.getByRole("dialog").getByRole("textbox").inputValue();
  const ada = await newPerson(browser, t);
  await goIn(ada, link, "Ada");
  await inRoom(ada);
  await ada.getByText("Locked: nobody new is let in").first().waitFor({ state: "attached" });
});
