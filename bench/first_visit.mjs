// How long somebody waits who has never been here: from the address to a lobby that can be used, and from the name to a board
// that can be drawn on, with an empty cache each time. One browser and a real server on this machine.
// Usage: node bench/first_visit.mjs [visits]. CONVENE names a server with pages, CHROMIUM a browser.
import { newPerson, startBrowser } from "../tests/web/harness/browser.mjs";
import { CONVENE, Server } from "../tests/web/harness/server.mjs";

const VISITS = Number(process.argv[2] ?? 9);

const endings = [];
const context = { after: (ending) => endings.unshift(ending) };
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];

/** Milliseconds of each part of one visit. */
async function visit(browser, server) {
  const ends = [];
  const page = await newPerson(browser, { after: (ending) => ends.push(ending) });
  const asked = performance.now();
  await page.goto(server.room("lobby"), { waitUntil: "commit" });
  const name = page.getByLabel("Your name");
  await name.waitFor();
  const lobby = performance.now();
  await name.fill("Ada");
  const named = performance.now();
  await page.getByRole("button", { name: "Join" }).click();
  await page.getByRole("main", { name: "Whiteboard" }).getByRole("application").waitFor();
  await page.getByRole("banner").getByText(/^(Connected|Saved)$/).waitFor({ timeout: 20_000 });
  const room = performance.now();
  for (const end of ends) await end();
  return { lobby: lobby - asked, room: room - named };
}

try {
  if (!CONVENE) throw new Error("there is no server: make build");
  const browser = await startBrowser(context);
  const server = await Server.start(context);
  const visits = [];
  for (let i = 0; i < VISITS; i++) visits.push(await visit(browser, server));
  const lobby = median(visits.map((one) => one.lobby));
  const room = median(visits.map((one) => one.room));
  console.log(`${VISITS} first visits, medians: ${lobby.toFixed(0)} ms to the lobby, ${room.toFixed(0)} ms from the name to the board`);
  console.log(JSON.stringify({ bench: "first_visit", visits: VISITS, lobbyMs: Math.round(lobby), roomMs: Math.round(room) }));
} finally {
  for (const ending of endings) await ending();
}
