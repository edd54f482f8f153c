// Two browsers and a terminal in one conference of a real server.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { assertAccessible, newPerson, PHONE, screenshot, startBrowser } from "./harness/browser.mjs";
import { choose, goIn, inRoom, openPanel, say } from "./harness/people.mjs";
import { twoPages } from "./harness/pdf.mjs";
import { CONVENE, Server } from "./harness/server.mjs";
import { wholeFile } from "./harness/whole_file.mjs";

const skip = CONVENE ? false : "the program is not built";
const file = wholeFile();
let browser, server;
before(async () => {
  if (skip) return;
  browser = await startBrowser(file);
  server = await Server.start(file);
});

let counter = 0;
/** A conference that Ada has made, with her in it as its owner. */
async function adas(t, options = {}, person = {}) {
  const name = `Meeting ${++counter}`;
  const made = await server.api("POST", "/conferences", { name, ...options }, options.keep ? await server.adminToken() : undefined);
  assert.equal(made.status, 201, JSON.stringify(made.body));
  const ada = await newPerson(browser, t, person);
  await goIn(ada, server.room(name, made.body.owner), "Ada");
  await inRoom(ada);
  await connected(ada);
  return { name, ada, owner: made.body.owner };
}
async function connected(page) {
  await page.getByRole("banner").getByText(/^(Connected|Saved)$/).waitFor({ timeout: 20_000 });
}
async function guest(t, name, conference, { secret, person } = {}) {
  const page = await newPerson(browser, t, person);
  await goIn(page, server.room(conference, secret), name);
  await inRoom(page);
  await connected(page);
  return page;
}
const rowOf = async (page, name) => (await openPanel(page, "People")).getByRole("listitem").filter({ hasText: name });
const sha256 = (octets) => createHash("sha256").update(octets).digest("hex");

test("everybody sees everybody, and who comes and goes", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  const bob = await guest(t, "Bob", name);
  const terminal = await server.terminal(t, name, "Terry");
  for (const [page, others] of [
    [ada, ["Bob", "Terry"]],
    [bob, ["Ada", "Terry"]],
  ])
    for (const other of others) await (await rowOf(page, other)).waitFor();
  await terminal.event("arrived", (event) => event.name === "Bob").catch(() => undefined);
  await bob.getByRole("button", { name: "More", exact: true }).click();
  await bob.getByRole("menuitem", { name: "Leave" }).click();
  await bob.getByRole("heading", { name: "You have left" }).waitFor();
  await terminal.event("left", (event) => event.name === "Bob");
  await (await rowOf(ada, "Bob")).waitFor({ state: "detached" });
  await openPanel(ada, "Chat");
  await ada.getByRole("log").getByText("Bob has left").waitFor();
});

test("what is said reaches everybody, and what is private one", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  const bob = await guest(t, "Bob", name);
  const terminal = await server.terminal(t, name, "Terry");
  await (await rowOf(ada, "Terry")).waitFor();
  await say(ada, "good morning");
  await terminal.event("chat", (event) => event.text === "good morning");
  await openPanel(bob, "Chat");
  await bob.getByRole("log").getByText("good morning").waitFor();
  terminal.type("/msg Ada only you");
  await ada.getByRole("log").getByText("only you").waitFor();
  await ada.getByRole("log").getByText("privately to you").waitFor();
  await say(bob, "psst", "Ada");
  await ada.getByRole("log").getByText("psst").waitFor();
  terminal.type("to all <b>of you</b>");
  await bob.getByRole("log").getByText("to all <b>of you</b>").waitFor();
  assert.equal(await bob.getByRole("log").getByText("only you").count(), 0);
  assert.equal(terminal.events().some((event) => event.text === "psst"), false);
});

test("who comes later finds what was said", { skip }, async (t) => {
  const { name, ada } = await adas(t, { keep: true });
  await say(ada, "first words");
  await ada.getByRole("log").getByText("Saved").first().waitFor({ state: "attached" });
  const bob = await guest(t, "Bob", name);
  await openPanel(bob, "Chat");
  await bob.getByRole("log").getByText("first words").waitFor();
});

test("unread messages are counted until they are seen", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  const terminal = await server.terminal(t, name, "Terry");
  // Whom Ada is heard by is heard by her; what was said before would be history.
  await say(ada, "hello");
  await terminal.event("chat", (event) => event.text === "hello");
  await openPanel(ada, "People");
  terminal.type("one");
  terminal.type("two");
  await ada.getByRole("button", { name: /^Chat, 2 unread messages/ }).waitFor();
  assert.match(await ada.title(), /^\(2\) /);
  await openPanel(ada, "Chat");
  await ada.getByRole("button", { name: /^Chat$/ }).waitFor();
});

test("files go both ways, whole", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  const terminal = await server.terminal(t, name, "Terry");
  await (await rowOf(ada, "Terry")).waitFor();

  const content = Buffer.from(Array.from({ length: 700_000 }, (_, i) => (i * 7919) % 251));
  const files = await openPanel(ada, "Files");
  await files.locator("input[type=file]").setInputFiles({ name: "plan.bin", mimeType: "application/octet-stream", buffer: content });
  await ada.getByRole("dialog").getByRole("button", { name: "Send" }).click();
  const offer = await terminal.event("file-offered", (event) => event.file_name === "plan.bin");
  terminal.type(`/accept ${offer.file}`);
  const received = await terminal.event("file-received");
  assert.equal(sha256(await readFile(received.path)), sha256(content));
  await files.getByText("Sent", { exact: true }).waitFor();

  await writeFile(join(terminal.folder, "notes.txt"), content.subarray(0, 300_000));
  terminal.type(`/send ${join(terminal.folder, "notes.txt")}`);
  await files.getByRole("button", { name: "Accept notes.txt" }).click();
  const [download] = await Promise.all([
    ada.waitForEvent("download"),
    files.getByRole("button", { name: "Download notes.txt" }).click(),
  ]);
  assert.equal(sha256(await readFile(await download.path())), sha256(content.subarray(0, 300_000)));
  await files.getByText("complete and unchanged", { exact: false }).waitFor();
});

test("a name is changed by oneself, and by a moderator", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  const bob = await guest(t, "Bob", name);
  await choose(bob, "Bob", "Change your name");
  await bob.getByRole("dialog").getByLabel("Name").fill("Robert");
  await bob.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await (await rowOf(ada, "Robert")).waitFor();
  await choose(ada, "Robert", "Rename");
  await ada.getByRole("dialog").getByLabel("Name").fill("Bobby");
  await ada.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await (await rowOf(bob, "Bobby")).waitFor();
});

test("a raised hand is seen by all", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  const bob = await guest(t, "Bob", name);
  await bob.keyboard.press("Alt+r");
  await (await rowOf(ada, "Bob")).getByText("Hand raised").waitFor({ state: "attached" });
  await bob.keyboard.press("Alt+r");
  await (await rowOf(ada, "Bob")).getByText("Hand raised").waitFor({ state: "detached" });
});

test("leading is taken, passed on and given back", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  const bob = await guest(t, "Bob", name);
  await (await rowOf(ada, "Bob")).waitFor();
  await choose(ada, "Ada", "Lead the conference");
  await (await rowOf(bob, "Ada")).getByText("Leads").waitFor();
  await choose(ada, "Bob", "Let lead");
  await (await rowOf(ada, "Bob")).getByText("Leads").waitFor();
});

test("a locked conference lets nobody in, and tells them", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  await (await openPanel(ada, "People")).getByRole("switch", { name: "Lock the conference" }).check();
  await ada.getByText("Locked: nobody new is let in").first().waitFor({ state: "attached" });
  const bob = await newPerson(browser, t);
  await goIn(bob, server.room(name), "Bob");
  await bob.getByRole("alert").getByText("The conference is locked").waitFor();
  await (await openPanel(ada, "People")).getByRole("switch", { name: "Lock the conference" }).uncheck();
  await ada.getByText("Locked: nobody new is let in").first().waitFor({ state: "detached" });
  await bob.getByRole("button", { name: "Try again" }).click();
  await inRoom(bob);
});

test("who is removed is told so, and the terminal too", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  const bob = await guest(t, "Bob", name);
  const terminal = await server.terminal(t, name, "Terry");
  for (const who of ["Bob", "Terry"]) {
    await (await rowOf(ada, who)).waitFor();
    await choose(ada, who, "Remove from the conference");
    await ada.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  }
  await bob.getByRole("heading", { name: "You were removed" }).waitFor();
  await terminal.event("ended", (event) => event.why === "ejected");
  await (await rowOf(ada, "Bob")).waitFor({ state: "detached" });
});

test("the waiting room: arriving early, being let in, being turned away", { skip }, async (t) => {
  const { name, ada } = await adas(t, { waitingRoom: true });
  const bob = await newPerson(browser, t);
  await goIn(bob, server.room(name), "Bob");
  await bob.getByRole("heading", { name: "You are in the waiting room" }).waitFor();
  const people = await openPanel(ada, "People");
  await people.getByRole("button", { name: "Let in: Bob" }).click();
  await inRoom(bob);
  await connected(bob);
  const eve = await newPerson(browser, t);
  await goIn(eve, server.room(name), "Eve");
  await people.getByRole("button", { name: "Turn Eve away" }).click();
  await eve.getByRole("heading", { name: "You were turned away" }).waitFor();
});

test("an invitation opens without the password, and revoked it takes its people along", { skip }, async (t) => {
  const { name, ada, owner } = await adas(t, { password: "swordfish" });
  await ada.evaluate(([name, owner]) => localStorage.setItem(`convene.owner/${name}`, owner), [name, owner]); // as the lobby does
  await ada.getByRole("banner").getByRole("button", { name: "Invite" }).click();
  const dialog = ada.getByRole("dialog", { name: "Invite people" });
  await dialog.getByLabel("Look and chat").check();
  await dialog.getByLabel("Note for yourself").fill("guests");
  await dialog.getByRole("button", { name: "Make the link" }).click();
  const link = await dialog.getByLabel("Invite", { exact: true }).inputValue();
  const bob = await guest(t, "Bob", name, { secret: new URL(link).hash.slice(1) });
  await bob.getByRole("banner").getByText("View only").waitFor();

  await ada.keyboard.press("Escape");
  await ada.getByRole("banner").getByRole("button", { name: "Invite" }).click();
  await dialog.getByText("Look and chat · used 1 time", { exact: false }).waitFor();
  // Her own way back is listed, and nobody here can withdraw it.
  await dialog.getByText("Yours: you come back with all rights by it").waitFor();
  assert.equal(await dialog.getByRole("button", { name: /^Actions for/ }).count(), 1);
  await screenshot(ada, "invitations");
  await dialog.getByRole("button", { name: "Actions for guests" }).click();
  await ada.getByRole("menuitem", { name: "Withdraw, and remove who came by it" }).click();
  await bob.getByRole("heading", { name: "You were removed" }).waitFor();
  const eve = await newPerson(browser, t);
  await goIn(eve, link, "Eve");
  await eve.getByRole("alert").getByText("Your invitation has been withdrawn").waitFor();
});

test("an invitation for one person is used up by one", { skip }, async (t) => {
  const { name, owner } = await adas(t);
  const entered = await server.api("POST", `/conferences/${encodeURIComponent(name)}/entries`, { name: "Ada's program", invitation: owner });
  const made = await server.api("POST", `/conferences/${encodeURIComponent(name)}/invitations`, { right: "draw", uses: 1 }, entered.body.token);
  await guest(t, "Bob", name, { secret: made.body.secret });
  const eve = await newPerson(browser, t);
  await goIn(eve, server.room(name, made.body.secret), "Eve");
  await eve.getByRole("alert").getByText("Your invitation has been used up").waitFor();
});

test("a password is asked for", { skip }, async (t) => {
  const { name } = await adas(t, { password: "swordfish" });
  const bob = await newPerson(browser, t);
  await goIn(bob, server.room(name), "Bob", { password: "carp" });
  await bob.getByText("This is not the password.", { exact: false }).waitFor();
  await bob.getByLabel("Password", { exact: true }).fill("swordfish");
  await bob.getByRole("button", { name: "Join" }).click();
  await inRoom(bob);
});

test("the right to draw is taken, and the server enforces it", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  const bob = await guest(t, "Bob", name);
  await (await rowOf(ada, "Bob")).waitFor();
  await choose(ada, "Bob", "View only");
  await bob.getByRole("banner").getByText("View only").waitFor();
  await choose(ada, "Bob", "Let draw");
  await bob.getByRole("banner").getByText("View only").waitFor({ state: "detached" });
});

const LOSSES = [
  ["has been restarted", () => server.drain()],
  ["had no power", () => server.kill()],
];
for (const [what, lose] of LOSSES) {
  test(`after the server ${what} everybody is back, and nothing is lost`, { skip }, async (t) => {
    const { name, ada } = await adas(t, { keep: true });
    await say(ada, "before");
    await ada.getByRole("log").getByText("Saved").first().waitFor({ state: "attached" });
    await lose();
    await ada.getByRole("banner").getByText("Offline").waitFor();
    await ada.getByRole("region", { name: "Offline" }).waitFor();
    await assertAccessible(ada, "offline");
    await screenshot(ada, "offline");
    await say(ada, "meanwhile");
    await server.run();
    await ada.getByRole("button", { name: "Try now" }).click({ timeout: 5000 }).catch(() => undefined);
    await connected(ada);
    const bob = await guest(t, "Bob", name);
    await openPanel(bob, "Chat");
    await bob.getByRole("log").getByText("before").waitFor();
    await bob.getByRole("log").getByText("meanwhile").waitFor();
  });
}

test("a page that is loaded anew is the same person again", { skip }, async (t) => {
  const { name, ada } = await adas(t, { waitingRoom: true });
  const bob = await newPerson(browser, t);
  await goIn(bob, server.room(name), "Bob");
  await (await openPanel(ada, "People")).getByRole("button", { name: "Let in: Bob" }).click();
  await inRoom(bob);
  await bob.reload();
  await inRoom(bob);
  await connected(bob);
});

test("the end for everybody", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  const bob = await guest(t, "Bob", name);
  await ada.getByRole("button", { name: "More", exact: true }).click();
  await ada.getByRole("menuitem", { name: "End for everybody" }).click();
  await ada.getByRole("dialog").getByRole("button", { name: "End it" }).click();
  await bob.getByRole("heading", { name: /The conference has ended|You were removed/ }).waitFor();
});

test("a phone takes part", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  const bob = await guest(t, "Bob", name, { person: { viewport: PHONE, touch: true } });
  await say(bob, "from my phone");
  await openPanel(ada, "Chat");
  await ada.getByRole("log").getByText("from my phone").waitFor();
  await assertAccessible(bob, "phone");
});

test("names and lines with HTML in them are text everywhere", { skip }, async (t) => {
  const evil = '<img src=x onerror="document.title=1">';
  const { name, ada } = await adas(t);
  const terminal = await server.terminal(t, name, evil);
  await (await rowOf(ada, evil)).waitFor();
  terminal.type(`${evil} <script>document.title = 2</script>`);
  await openPanel(ada, "Chat");
  await ada.getByRole("log").getByText("<script>document.title = 2</script>", { exact: false }).waitFor();
  assert.equal(await ada.getByRole("log").locator("img, script").count(), 0);
  assert.doesNotMatch(await ada.title(), /^[12]$/);
});

test("a picture that was sent is shown, and an SVG only saved", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  const terminal = await server.terminal(t, name, "Terry");
  await (await rowOf(ada, "Terry")).waitFor();
  const files = await openPanel(ada, "Files");
  const receive = async (file, content) => {
    await writeFile(join(terminal.folder, file), content);
    terminal.type(`/send ${join(terminal.folder, file)}`);
    await files.getByRole("button", { name: `Accept ${file}` }).click();
    await files.getByRole("button", { name: `Download ${file}` }).waitFor();
  };
  await receive("dot.png", Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64"));
  await files.getByRole("button", { name: "Preview of dot.png" }).click();
  await ada.getByRole("dialog").getByRole("img", { name: "dot.png" }).waitFor();
  await ada.keyboard.press("Escape");
  await receive("drawing.svg", '<svg xmlns="http://www.w3.org/2000/svg" onload="parent.document.title=1"><script>parent.document.title=1</script></svg>');
  assert.equal(await files.getByRole("button", { name: "Preview of drawing.svg" }).count(), 0);
  assert.doesNotMatch(await ada.title(), /^1$/);
});

test("of a PDF that was sent its first page is shown", { skip, timeout: 120_000 }, async (t) => {
  const { name, ada } = await adas(t, {}, { allow: [/PDF/] });
  ada.setDefaultTimeout(60_000);
  const terminal = await server.terminal(t, name, "Terry");
  await (await rowOf(ada, "Terry")).waitFor();
  const files = await openPanel(ada, "Files");
  for (const [file, content] of [["two.pdf", twoPages()], ["none.pdf", "not a PDF at all"]]) {
    await writeFile(join(terminal.folder, file), content, "latin1");
    terminal.type(`/send ${join(terminal.folder, file)}`);
    await files.getByRole("button", { name: `Accept ${file}` }).click();
    await files.getByRole("button", { name: `Download ${file}` }).waitFor();
  }
  await files.getByRole("button", { name: "Preview of two.pdf" }).click();
  const first = ada.getByRole("dialog", { name: "two.pdf" }).getByRole("img", { name: "First page of two.pdf" });
  await first.waitFor();
  // That page is wide, with a red square in its upper left corner, on white.
  const seen = await first.evaluate(async (image) => {
    await image.decode();
    const on = new OffscreenCanvas(image.naturalWidth, image.naturalHeight).getContext("2d");
    on.drawImage(image, 0, 0);
    const at = (x, y) => [...on.getImageData(x, y, 1, 1).data.slice(0, 3)];
    return { width: image.naturalWidth, height: image.naturalHeight, corner: at(20, 20), middle: at(600, 300) };
  });
  assert.deepEqual(seen, { width: 1200, height: 900, corner: [255, 0, 0], middle: [255, 255, 255] });
  await assertAccessible(ada, "the first page of a PDF");
  await screenshot(ada, "file-pdf");
  await ada.keyboard.press("Escape");
  assert.equal(await files.getByRole("button", { name: "Preview of none.pdf" }).count(), 0);
  await screenshot(ada, "files-previews");
});

test("what is drawn in one browser is in the other", { skip }, async (t) => {
  const { name, ada } = await adas(t);
  const bob = await guest(t, "Bob", name);
  const terminal = await server.terminal(t, name, "Terry");
  await (await rowOf(ada, "Terry")).waitFor();
  terminal.type("/draw line 100 100 300 200 #ff0000");
  terminal.type("/text 120 220 Hello");
  for (const page of [ada, bob]) await page.getByText("Hello").first().waitFor({ state: "attached" });
  await screenshot(ada, "conference");
});
