import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { ApiError, type Entry, type Standing } from "./api";
import { HttpLobby } from "./client";

const STANDING: Standing = { state: "admitted", right: "draw", locked: false, waitingRoom: false, rights: {}, waiting: [] };

interface Asked {
  method: string;
  path: string;
  body: unknown;
  token: string | undefined;
}
type Answer = { status: number; body?: unknown; stream?: ReadableStream<Uint8Array> };

/** A server in place of fetch(): answers by "METHOD path", and notes what it was asked. */
class FakeServer {
  readonly asked: Asked[] = [];
  answers: Record<string, (asked: Asked) => Answer> = {};

  readonly fetch = async (url: string, init: RequestInit): Promise<Response> => {
    const headers = new Headers(init.headers);
    const asked: Asked = {
      method: init.method ?? "GET",
      path: url.replace("/api/v1", ""),
      body: typeof init.body === "string" ? JSON.parse(init.body) : undefined,
      token: headers.get("Authorization")?.replace("Bearer ", ""),
    };
    this.asked.push(asked);
    const answer = this.answers[`${asked.method} ${asked.path}`]?.(asked);
    if (!answer) return new Response('{"code":"notFound","detail":"no such thing"}', { status: 404 });
    if (answer.stream) {
      init.signal?.addEventListener("abort", () => void answer.stream?.cancel().catch(() => undefined));
      return new Response(answer.stream, { status: 200 });
    }
    return new Response(answer.body === undefined ? null : JSON.stringify(answer.body), { status: answer.status });
  };
}

/** A stream of events into which a test writes. */
function events(): { stream: ReadableStream<Uint8Array>; tell: (standing: Partial<Standing>) => void; end: () => void } {
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const stream = new ReadableStream<Uint8Array>({ start: (given) => void (controller = given) });
  return {
    stream,
    tell: (change) =>
      controller?.enqueue(new TextEncoder().encode(`event: standing\ndata: ${JSON.stringify({ ...STANDING, ...change })}\n\n`)),
    end: () => controller?.close(),
  };
}

let server: FakeServer;
let stored: Map<string, string>;
const open: Entry[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  server = new FakeServer();
  stored = new Map();
  vi.stubGlobal("fetch", server.fetch);
  vi.stubGlobal("sessionStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => stored.set(key, value),
    removeItem: (key: string) => stored.delete(key),
  });
  vi.stubGlobal("navigator", {});
});
afterEach(() => {
  for (const entry of open.splice(0)) entry.close();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Lets everything that is under way go on, and `milliseconds` pass. */
const pass = (milliseconds = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

async function enter(standing: Partial<Standing> = {}): Promise<{ entry: Entry; stream: ReturnType<typeof events> }> {
  const stream = events();
  server.answers["POST /conferences/Garden%20Party/entries"] = () => ({
    status: 201,
    body: { id: "e1", token: "t1", conference: "Garden Party", standing: { ...STANDING, ...standing } },
  });
  server.answers["GET /entries/e1/events"] = () => ({ status: 200, stream: stream.stream });
  server.answers["POST /entries/e1/ticket"] = () => ({ status: 200, body: { ticket: "k1", expiresInSeconds: 60 } });
  server.answers["DELETE /entries/e1"] = () => ({ status: 204 });
  const entry = await new HttpLobby().enter({ conference: "Garden Party", name: "Ada", invitation: "secret" });
  open.push(entry);
  return { entry, stream };
}

describe("the way in", () => {
  test("tells who comes, and carries the token from then on", async () => {
    const { entry } = await enter();
    await expect(entry.ticket()).resolves.toBe("k1");
    expect(server.asked[0]?.body).toEqual({ name: "Ada", invitation: "secret" });
    expect(server.asked.find((asked) => asked.path === "/entries/e1/ticket")?.token).toBe("t1");
  });

  test("a ticket waits as long as the person does", async () => {
    const { entry, stream } = await enter({ state: "waiting" });
    let ticket: string | undefined;
    void entry.ticket().then((given) => (ticket = given));
    await pass(60_000);
    expect(ticket).toBeUndefined();
    stream.tell({ state: "admitted" });
    await pass();
    expect(ticket).toBe("k1");
  });

  test("who is turned away gets no ticket", async () => {
    const { entry, stream } = await enter({ state: "waiting" });
    const refused = expect(entry.ticket()).rejects.toMatchObject({ code: "forbidden" });
    stream.tell({ state: "turnedAway" });
    await pass();
    await refused;
  });

  test("the stream of events is asked for again when it breaks", async () => {
    const { entry, stream } = await enter();
    const told: boolean[] = [];
    entry.on((standing) => told.push(standing.locked));
    await pass();
    const next = events();
    server.answers["GET /entries/e1/events"] = () => ({ status: 200, stream: next.stream });
    stream.end();
    await pass(1000);
    next.tell({ locked: true });
    await pass();
    expect(told).toEqual([true]);
  });

  test("a server that has forgotten the stay is asked anew, as the same person", async () => {
    const { entry } = await enter();
    server.answers["POST /entries/e1/ticket"] = () => ({ status: 401, body: { code: "unauthorized" } });
    server.answers["POST /conferences/Garden%20Party/entries"] = () => ({
      status: 201,
      body: { id: "e2", token: "t2", conference: "Garden Party", standing: STANDING },
    });
    server.answers["POST /entries/e2/ticket"] = () => ({ status: 200, body: { ticket: "k2" } });
    await expect(entry.ticket()).resolves.toBe("k2");
    expect(server.asked.filter((asked) => asked.path.endsWith("/entries")).map((asked) => asked.body)).toEqual([
      { name: "Ada", invitation: "secret" },
      { name: "Ada", invitation: "secret" },
    ]);
  });

  test("after a reload the stay goes on, until it is left", async () => {
    const { entry } = await enter();
    server.answers["GET /entries/e1"] = () => ({ status: 200, body: { conference: "Garden Party", standing: STANDING } });
    const again = await new HttpLobby().resume("Garden Party");
    expect(again?.name).toBe("Ada");
    if (again) open.push(again);
    entry.close();
    await pass();
    expect(server.asked.some((asked) => asked.method === "DELETE" && asked.path === "/entries/e1")).toBe(true);
    expect(await new HttpLobby().resume("Garden Party")).toBeUndefined();
  });

  test("a stay that the server does not know is none", async () => {
    const { entry } = await enter();
    expect(await new HttpLobby().resume("Garden Party")).toBeUndefined();
    expect(stored.size).toBe(0);
    expect(entry.conference).toBe("Garden Party");
  });
});

describe("what a moderator asks", () => {
  test.each<[string, (entry: Entry) => Promise<unknown>, string, unknown]>([
    ["to let in", (entry) => entry.admit("w/1"), "POST /conferences/Garden%20Party/waiting/w%2F1/admit", undefined],
    ["to turn away", (entry) => entry.turnAway("w1"), "DELETE /conferences/Garden%20Party/waiting/w1", undefined],
    ["to lock", (entry) => entry.setLocked(true), "PATCH /conferences/Garden%20Party", { locked: true }],
    ["for a waiting room", (entry) => entry.setWaitingRoom(false), "PATCH /conferences/Garden%20Party", { waitingRoom: false }],
    ["for a right", (entry) => entry.setRight(1007, "view"), "PATCH /conferences/Garden%20Party/nodes/1007", { right: "view" }],
    ["for a name", (entry) => entry.renameNode(1007, "Bob"), "PATCH /conferences/Garden%20Party/nodes/1007", { name: "Bob" }],
    ["to eject", (entry) => entry.eject(1007), "DELETE /conferences/Garden%20Party/nodes/1007", undefined],
    ["to revoke", (entry) => entry.revoke("i1", true), "DELETE /conferences/Garden%20Party/invitations/i1?eject=true", undefined],
    ["for the end", (entry) => entry.end(), "DELETE /conferences/Garden%20Party", undefined],
  ])("%s", async (_what, ask, route, body) => {
    const { entry } = await enter();
    server.answers[route] = () => ({ status: 204 });
    await ask(entry);
    const asked = server.asked.find((one) => `${one.method} ${one.path}` === route);
    expect(asked).toMatchObject({ token: "t1" });
    expect(asked?.body).toEqual(body);
  });
});

describe("failures", () => {
  test.each([
    [401, '{"code":"passwordWrong","detail":"no"}', "passwordWrong", "no"],
    [403, '{"code":"usedUp","title":"used"}', "usedUp", "used"],
    [404, "<html>proxy</html>", "notFound", "404"],
    [429, '{"code":"somethingNew"}', "tooMany", "429"],
    [502, "", "unavailable", "502"],
  ])("%i %s", async (status, text, code, message) => {
    vi.stubGlobal("fetch", async () => new Response(text, { status }));
    const error: unknown = await new HttpLobby().conferences().catch((why: unknown) => why);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({ status, code, message });
  });

  test("no server at all", async () => {
    vi.stubGlobal("fetch", async () => Promise.reject(new TypeError("failed")));
    await expect(new HttpLobby().server()).rejects.toMatchObject({ status: 0, code: "unavailable" });
  });
});
