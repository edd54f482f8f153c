/** The lobby of the server that the page came from; with `?mock` in builds for tests, one without a server. */
import type { Lobby } from "./api";
import { HttpLobby } from "./client";

const MOCK = import.meta.env.MODE !== "production" || import.meta.env.VITE_MOCK === "1";
const query = new URLSearchParams(location.search);

/** What the address asked of the mock when the page was loaded, in builds that have it. */
export const mockQuery: URLSearchParams | undefined = MOCK && query.has("mock") ? query : undefined;

let made: Promise<Lobby> | undefined;

export function lobby(): Promise<Lobby> {
  made ??= MOCK && mockQuery ? import("./mock").then(({ mockLobby }) => mockLobby(mockQuery)) : Promise.resolve(new HttpLobby());
  return made;
}
