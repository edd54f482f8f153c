// Fails when what a first visit loads grows beyond its budget: the lobby, the room and the core as WebAssembly, compressed
// as the server sends them to every browser of today.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants } from "node:zlib";

// Octets. 350,000 is what it is to come to: that much comes through a slow mobile network in some three seconds. Until then it
// does not grow.
const BUDGET = 425_000;
const LOBBY_BUDGET = 60_000; // octets, before anything of the room

const dist = fileURLToPath(new URL("../dist/", import.meta.url));
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, "utf8"));

/** The files of an entry and of all that it imports at once. */
function filesOf(entry, found = new Set()) {
  const chunk = manifest[entry];
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

const lobby = filesOf("src/lobby/LobbyPage.svelte", filesOf("index.html", new Set(["index.html"])));
const room = new Set(lobby);
for (const [name, chunk] of Object.entries(manifest)) {
  // Whatever the room loads now or later, and the worker with its WebAssembly; not the admin page or other languages.
  if (/^src\/(room|board|session)\//.test(name) && chunk.isDynamicEntry) filesOf(name, room);
}
// Workers are built apart and stand in no manifest. The one that reads PDF is loaded with the first PDF.
for (const file of existsSync(`${dist}assets`) ? readdirSync(`${dist}assets`) : []) {
  if (/worker|\.wasm$/.test(file) && !/^pdf\./.test(file)) room.add(`assets/${file}`);
}

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
