import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MockEntry } from "../entry/mock";
import { announced } from "../lib/announce.svelte";
import { toasts } from "../lib/toast.svelte";
import { mockConference } from "../session/mock";
import { RoomState } from "./room_state.svelte";

let room: RoomState;
let entry: MockEntry;
let made: ReturnType<typeof mockConference>;
const [AMARA, JONAS] = [1002, 1003];

beforeEach(() => {
  vi.useFakeTimers();
  made = mockConference({ furnished: false });
  entry = new MockEntry("Garden", "Robin", "admitted", "moderate");
  room = new RoomState(made.session, entry);
});
afterEach(() => {
  room.end();
  for (const toast of toasts.all) toasts.dismiss(toast.id);
  vi.runAllTimers();
  vi.useRealTimers();
});
const other = (node: number) => {
  const found = made.conference.sessions.find((session) => session.self === node);
  if (!found) throw new Error(`no ${node}`);
  return found;
};
const shown = (): string[] => toasts.all.map((toast) => toast.text);

test("lines of others are unread until they are seen; one's own are not", () => {
  other(AMARA).chat.say("one");
  made.session.chat.say("mine");
  expect(room.unread).toBe(1);
  room.seen();
  expect(room.unread).toBe(0);
  other(AMARA).chat.say("two");
  expect(room.unread).toBe(1);
});

test("a line is announced with its name, and many only counted", () => {
  other(AMARA).chat.say("hello");
  vi.advanceTimersByTime(1000);
  expect(announced.polite).toBe("Amara Okafor: hello");
  for (let i = 0; i < 10; ++i) other(AMARA).chat.say(`line ${i}`);
  vi.advanceTimersByTime(1000);
  expect(announced.polite).toBe("10 new chat messages");
});

test("who comes and goes is noted where it happened, several as one", () => {
  other(AMARA).chat.say("before");
  void other(AMARA).leave();
  void other(JONAS).leave();
  expect(room.notices.all).toMatchObject([{ kind: "gone", names: ["Amara Okafor", "Jonas Weber"], after: room.lines.at(-1)?.number }]);
  made.conference.join("Priya");
  expect(room.notices.all.at(-1)).toMatchObject({ kind: "joined", names: ["Priya"] });
});

test("while the connection is lost, nobody is said to have left", () => {
  made.session.setStatus({ phase: "reconnecting" });
  void other(AMARA).leave();
  expect(room.notices.all).toEqual([]);
  expect(announced.assertive).not.toBe("");
});

test("a private conversation ends with the person", () => {
  room.addressee = JONAS;
  void other(AMARA).leave();
  expect(room.addressee).toBe(JONAS);
  void other(JONAS).leave();
  expect(room.addressee).toBe(0);
});

test("a raised hand and somebody at the door are told once", () => {
  other(JONAS).raiseHand(true);
  other(JONAS).rename("Jonas W.");
  expect(shown()).toEqual(["Jonas Weber has raised a hand"]);
  entry.set({ waiting: [...entry.standing.waiting, { id: "w2", name: "Sam\u202e", since: 0 }] });
  entry.set({ locked: true });
  expect(shown()).toEqual(["Jonas Weber has raised a hand", "Sam is waiting to be let in"]);
});

test("another right is told, and holds at once", () => {
  entry.set({ right: "view" });
  expect(room.mayDraw).toBe(false);
  expect(room.mayModerate).toBe(false);
  expect(shown()).toContain("You may only look now.");
});

test("what the server refuses is told in its words", async () => {
  expect(await room.attempt(Promise.reject(new Error("not for you")))).toBe(false);
  expect(shown()).toEqual(["That did not work: not for you"]);
});
