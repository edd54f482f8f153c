// Fails when what a first visit loads grows beyond its budget: everything that is fetched from the lobby until the board of a
// room can be drawn on, the core as WebAssembly too, compressed as the server sends it to every browser of today.
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

// Octets. That much comes through a slow mobile network in some three seconds.
const BUDGET = 350 * 1024;
const LOBBY_BUDGET = 45_600; // before anything of the room

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, "utf8"));

/** The files of an entry, by its path or the name of what is imported late, and of all that it imports at once. */
function filesOf(entry, found = new Set()) {
  const chunk = manifest[entry] ?? Object.values(manifest).find(({ name, isDynamicEntry }) => isDynamicEntry && name === entry);
  if (!chunk) throw new Error(`size: ${entry} is not in the manifest`);
  if (found.has(chunk.file)) return found;
  found.add(chunk.file);
  for (const file of [...(chunk.css ?? []), ...(chunk.assets ?? [])]) found.add(file);
  for (const other of chunk.imports ?? []) filesOf(other, found);
  return found;
}

const sizes = new Map();
function compressed(file) {
  const known = sizes.get(file);
  if (known !== undefined) return known;
  const octets = readFileSync(dist + file);
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: octets.length };
  const size = brotliCompressSync(octets, { params }).length;
  sizes.set(file, size);
  return size;
}
const sizeOf = (files) => [...files].reduce((sum, file) => sum + compressed(file), 0);

const lobby = filesOf("LobbyPage", filesOf("index.html", new Set(["index.html", "icon.svg"])));
const room = new Set(lobby);
// Dialogs, exports, PDF, the admin page and other languages are fetched when somebody wants them.
for (const entry of ["RoomPage", "Board", "create"]) filesOf(entry, room);
// Workers are built apart and stand in no manifest. The one that reads PDF is loaded with the first PDF.
for (const file of readdirSync(`${dist}assets`)) if (/worker|\.wasm$/.test(file) && !/^pdf\./.test(file)) room.add(`assets/${file}`);

for (const file of [...room].sort()) console.log(`${String(compressed(file)).padStart(8)}  ${file}${lobby.has(file) ? "  (lobby)" : ""}`);
const totals = [
  ["lobby", sizeOf(lobby), LOBBY_BUDGET],
  ["lobby, room and core", sizeOf(room), BUDGET],
];
let good = true;
for (const [what, size, budget] of totals) {
  console.log(`${what}: ${size} octets compressed, of ${budget}`);
  good &&= size <= budget;
}
if (!good) console.error("size: over the budget");
process.exit(good ? 0 : 1);
