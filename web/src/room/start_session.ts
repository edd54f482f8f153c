/** The session of somebody who has been let in. */
import { mockQuery } from "../entry/lobby";
import type { Entry } from "../entry/api";
import type { Session } from "../session/api";

const MOCK = import.meta.env.MODE !== "production" || import.meta.env.VITE_MOCK === "1";

export async function startSession(entry: Entry): Promise<Session> {
  if (MOCK && mockQuery) return (await import("../session/mock")).mockSession(mockQuery);
  const { createSession } = await import("../session/create");
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  return createSession({
    url: `${scheme}://${location.host}/t120`,
    ticket: () => entry.ticket(),
    conference: entry.conference,
    name: entry.name,
  });
}
