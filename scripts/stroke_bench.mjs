// Compares what a stroke costs in WebAssembly with what it costs in a native program, and prints the ratio.
// Usage: node scripts/stroke_bench.mjs build/web/stroke_wasm.wasm build/bench/bench/stroke_bench
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const STROKES = 20_000;
const ROUNDS = 5;
const [wasm, native] = process.argv.slice(2);

const module = await WebAssembly.compile(readFileSync(wasm));
const imports = {};
for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => 0;
const { exports } = await WebAssembly.instantiate(module, imports);
exports._initialize?.();

/** Nanoseconds a stroke, of the quickest round. */
function measure(work) {
  let best = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const begun = process.hrtime.bigint();
    if (work(STROKES) === 0) throw new Error("nothing was done");
    best = Math.min(best, Number(process.hrtime.bigint() - begun));
  }
  return best / STROKES;
}

const text = execFileSync(native, { encoding: "utf8" });
process.stdout.write(text);
const [encode, decode] = [measure(exports.encode_strokes), measure(exports.decode_strokes)];
console.log(`WebAssembly: encode ${encode.toFixed(0)} ns, decode ${decode.toFixed(0)} ns`);
const [, nativeEncode, nativeDecode] = /encode (\d+) ns, decode (\d+) ns/.exec(text).map(Number);
console.log(`ratio: encode ${(encode / nativeEncode).toFixed(2)}, decode ${(decode / nativeDecode).toFixed(2)}`);
