/** Joins a conference: the session's worker, and its mirror on the page. */

import type { JoinOptions, Session } from "./api";
import { SessionClient } from "./client";
import type { FromWorker, ToWorker } from "./messages";
import type { Line } from "./port";

/** Resolves as soon as the session is on its way in; fails only when this browser cannot run it. */
export async function createSession(options: JoinOptions): Promise<Session> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module", name: "session" });
  const session = new SessionClient(lineTo(worker), options);
  const online = () => session.onNetwork(true);
  const offline = () => session.onNetwork(false);
  addEventListener("online", online);
  addEventListener("offline", offline);
  session.on("status", ({ phase }) => {
    if (phase !== "left" && phase !== "ended") return;
    removeEventListener("online", online);
    removeEventListener("offline", offline);
  });
  return session.start();
}

function lineTo(worker: Worker): Line {
  return {
    post: (message: ToWorker, transfer: Transferable[] = []) => worker.postMessage(message, transfer),
    onMessage(handler) {
      worker.onmessage = ({ data }: MessageEvent<FromWorker>) => handler(data);
      worker.onerror = (event) => handler({ type: "broken", detail: event.message || "the worker cannot be started" });
    },
    end: () => worker.terminate(),
  };
}
