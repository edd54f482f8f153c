/** The worker of a session: the C++ node, its WebSocket and its timers. */

import wasmUrl from "@wasm/convene_session.wasm?url";
import type { FromWorker, ToWorker } from "./messages";
import { Runner } from "./runner";
import { connectWebSocket } from "./transport";
import { compileCore, Core } from "./wasm";

declare const self: DedicatedWorkerGlobalScope;

const post = (message: FromWorker, transfer: Transferable[] = []) => self.postMessage(message, transfer);

const runner = (async () => {
  const core = await Core.create(await compileCore(fetch(wasmUrl)), performance.now());
  return new Runner(core, connectWebSocket, post);
})();

runner.then(
  () => post({ type: "ready" }),
  (error: unknown) => post({ type: "broken", detail: String(error) }),
);

// In the order in which they come, also before the core is there.
self.onmessage = ({ data }: MessageEvent<ToWorker>) => {
  void runner.then((one) => one.receive(data));
};

// Nothing can be trusted after the C++ has found a fault in itself.
const broken = (reason: unknown) => post({ type: "broken", detail: String(reason) });
self.addEventListener("error", (event) => broken(event.message));
self.addEventListener("unhandledrejection", (event) => broken(event.reason));
