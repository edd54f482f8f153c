// What people do with the pages.

/** Gives a name at the door of a conference and goes in. */
export async function goIn(page, url, name, { password } = {}) {
  await page.goto(url);
  await page.getByLabel("Your name").fill(name);
  if (password !== undefined) await page.getByLabel("Password", { exact: true }).fill(password);
  await page.getByRole("button", { name: /^(Join|Try again)$/ }).click();
}

/** Waits until the room is there. */
export async function inRoom(page) {
  await page.getByRole("main", { name: "Whiteboard" }).waitFor();
}

/** Opens a panel beside the board, or on a phone instead of it. */
export async function openPanel(page, name) {
  const panel = page.getByRole("complementary", { name });
  if (await panel.isVisible()) return panel;
  await page.getByRole("button", { name: new RegExp(`^${name}`) }).first().click();
  await panel.waitFor();
  return panel;
}

/** Says something in the chat: to everybody, or to one. */
export async function say(page, text, to) {
  const chat = await openPanel(page, "Chat");
  await chat.getByLabel("To").selectOption(to === undefined ? { index: 0 } : { label: to });
  const field = chat.getByRole("textbox");
  await field.fill(text);
  await field.press("Enter");
}

/** A menu's item of somebody in the roster. */
export async function choose(page, person, item) {
  const people = await openPanel(page, "People");
  await people.getByRole("button", { name: `Actions for ${person}` }).click();
  await page.getByRole("menuitem", { name: item }).click();
}
