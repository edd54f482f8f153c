import { describe, expect, test } from "vitest";
import type { BoardChange } from "./api";
import { mockConference, plainStyle } from "./mock";

const line = {
  shape: "open" as const,
  style: plainStyle(),
  points: [
    { x: 0, y: 0 },
    { x: 10, y: 20 },
  ],
};

function two() {
  const { session, conference } = mockConference({ people: ["Other"], furnished: false });
  const other = conference.sessions[1];
  if (!other) throw new Error("nobody else came");
  return { session, other, page: session.board.currentPage() ?? 0 };
}

describe("a mock conference", () => {
  test("shows everybody what one draws, after it is on the board", async () => {
    const { session, other, page } = two();
    const seen: BoardChange[] = [];
    other.on("board", (changes) => seen.push(...changes));
    const outcome = await session.board.draw(page, line);
    expect(outcome.ok && other.board.object(outcome.items[0] ?? 0)?.author).toBe(session.self);
    expect(seen.map((change) => change.kind)).toEqual(["set"]);
  });

  test("undoes only one's own, whatever page it was on", async () => {
    const { session, other, page } = two();
    await session.board.draw(page, line);
    await other.board.draw(page, line);
    await session.board.addPage();
    await session.board.undo();
    await session.board.undo();
    expect(session.board.objectsOf(page).map((object) => object.author)).toEqual([other.self]);
    await session.board.redo();
    expect(session.board.objectsOf(page)).toHaveLength(2);
  });

  test("brings a removed page back with all that was on it", async () => {
    const { session, page } = two();
    await session.board.draw(page, line);
    await session.board.addPage();
    await session.board.removePage(page);
    expect(session.board.pages()).toHaveLength(1);
    expect(session.board.objectsOf(page)).toHaveLength(0);
    await session.board.undo();
    expect(session.board.pages().map((one) => one.id)[0]).toBe(page);
    expect(session.board.objectsOf(page)).toHaveLength(1);
  });

  test("does not bring back what somebody else has erased", async () => {
    const { session, other, page } = two();
    const drawn = await session.board.draw(page, line);
    const id = drawn.ok ? (drawn.items[0] ?? 0) : 0;
    await session.board.move([id], { x: 5, y: 5 });
    await other.board.erase([id]);
    await session.board.undo();
    expect(session.board.object(id)).toBeUndefined();
  });

  test("stacks", async () => {
    const { session, page } = two();
    const ids: number[] = [];
    for (let count = 0; count < 4; count++) {
      const drawn = await session.board.draw(page, line);
      if (drawn.ok) ids.push(...drawn.items);
    }
    const [a = 0, b = 0, c = 0, d = 0] = ids;
    const order = () => session.board.objectsOf(page).map((object) => object.id);
    await session.board.stack([a], "front");
    expect(order()).toEqual([b, c, d, a]);
    await session.board.stack([c], "forward");
    expect(order()).toEqual([b, d, c, a]);
    await session.board.stack([c], "backward");
    expect(order()).toEqual([b, c, d, a]);
    await session.board.stack([d, a], "back");
    expect(order()).toEqual([d, a, b, c]);
  });

  test("carries chat, private lines to one alone", async () => {
    const { session, other } = two();
    session.chat.say("to all");
    expect(await session.chat.sayPrivately(other.self, "to one")).toBe(true);
    expect(await session.chat.sayPrivately(9, "to nobody")).toBe(false);
    expect(other.chat.lines().map((one) => [one.text, one.private])).toEqual([
      ["to all", false],
      ["to one", true],
    ]);
  });
});
