/** A session under node: the same client, runner and WebAssembly as in a browser, over TCP instead of a WebSocket. */

import { readFileSync } from "node:fs";
import { connect } from "node:net";
import type { BoardChange } from "../api";
import { SessionClient } from "../client";
import type { FromWorker } from "../messages";
import { Runner } from "../runner";
import type { Connect } from "../transport";
import { compileCore, Core } from "../wasm";
import { wasm } from "./programs";

const module = wasm === undefined ? undefined : compileCore(readFileSync(wasm));

/** The `url` of a session is the port. */
export const connectTcp: Connect = (url, _ticket, events) => {
  const socket = connect(Number(url), "127.0.0.1").setNoDelay(true);
  let why = "the connection was closed";
  socket.on("connect", () => events.opened());
  socket.on("data", (octets) => events.octets(octets));
  socket.on("error", (error) => (why = error.message));
  socket.on("close", () => events.closed(why));
  return {
    send: (octets) => void socket.write(octets),
    get queued() {
      return socket.writableLength;
    },
    close: () => socket.end(),
  };
};

export interface Person {
  session: SessionClient;
  /** All that its board has told. */
  changes: BoardChange[];
  /** What the network does. */
  network(isThere: boolean): void;
  stop(): void;
}

/** On the way into a conference. */
export async function person(port: number, conference: string, name: string): Promise<Person> {
  if (!module) throw new Error("convene_session.wasm has not been built");
  const core = await Core.create(await module, performance.now());
  let handler = (_message: FromWorker) => {};
  // As between a page and its worker, nothing is heard in the turn in which it is said; and only copies go over.
  const runner = new Runner(core, connectTcp, (message) => queueMicrotask(() => handler(structuredClone(message))));
  let isUp = true;
  const session = new SessionClient(
    {
      post: (message) => queueMicrotask(() => isUp && runner.receive(structuredClone(message))),
      onMessage: (one) => (handler = one),
      end: () => stop(),
    },
    { url: String(port), ticket: () => Promise.resolve("ticket"), conference, name },
  );
  const stop = () => {
    isUp = false;
    runner.stop();
  };
  const changes: BoardChange[] = [];
  session.on("board", (told) => changes.push(...told));
  queueMicrotask(() => handler({ type: "ready" }));
  await session.start();
  return { session, changes, network: (isThere) => session.onNetwork(isThere), stop };
}

/** Waits until `check` gives something that is neither false nor missing. */
export async function until<T>(check: () => T | undefined | false, what: string, patienceMs = 20_000): Promise<T> {
  for (const end = performance.now() + patienceMs; performance.now() < end; ) {
    const found = check();
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  throw new Error(`never happened: ${what}`);
}
