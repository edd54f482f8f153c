/**
 * A whole session without a server or a worker: the same calls and events over a board, a chat and files in memory, and
 * a few people who are not there. For tests, screenshots and the page's own development (`?mock`); no build that is
 * shipped may import it.
 */

import type { Point } from "./api";
import { MockConference, type MockSession } from "./mock/conference";
import { crowd, plainStyle, scribble, seeded } from "./mock/drawings";

export { MockConference, MockSession } from "./mock/conference";
export { crowd, plainStyle } from "./mock/drawings";

export interface MockOptions {
  /** One's own name. */
  name?: string;
  /** Others who are in the conference. */
  people?: string[];
  /** They move their cursors, draw and talk. Otherwise everything stands still, as a screenshot wants it. */
  lively?: boolean;
  /** Something on the board, in the chat and on the shelf to begin with. */
  furnished?: boolean;
  /** Without a page, as a real conference begins. */
  blank?: boolean;
  /** So many objects more, for measurements. */
  crowd?: number;
}

const kTickMs = 100;
const kPeople = ["Amara Okafor", "Jonas Weber", "Mei-Ling Chen"];

/** A conference with this person in it and others; `conference.sessions` are all of them. */
export function mockConference(options: MockOptions = {}): { session: MockSession; conference: MockConference } {
  const conference = new MockConference(!options.blank);
  const session = conference.join(options.name ?? "Robin");
  const others = (options.people ?? kPeople).map((name) => conference.join(name));
  if ((options.furnished ?? true) && !options.blank) void furnish(conference, session, others);
  if (options.crowd) void fill(conference, session, options.crowd);
  stand(others);
  if (options.lively) others.forEach((other, index) => live(other, index));
  return { session, conference };
}

/** What the page's address asks for: `?mock`, `?mock=lively`, `?mock&crowd=5000`, `?mock=empty`, `?mock=blank`. */
export function mockSession(query: URLSearchParams): MockSession {
  const kind = query.get("mock");
  return mockConference({
    lively: kind === "lively",
    furnished: kind !== "empty",
    blank: kind === "blank",
    crowd: Number(query.get("crowd") ?? 0),
  }).session;
}

async function fill(conference: MockConference, session: MockSession, count: number): Promise<void> {
  const page = conference.board.current ?? 0;
  const side = Math.sqrt(count) * 60;
  for (const drawing of crowd(count, side * 1.3, side)) await session.board.draw(page, drawing);
}

async function furnish(conference: MockConference, session: MockSession, others: MockSession[]): Promise<void> {
  const [first = session, second = session] = others;
  const page = conference.board.current ?? 0;
  const word = (text: string, at: Point, size: number, color: string) => ({
    text,
    at,
    color,
    background: "none",
    font: { face: "Arial", size, bold: size > 24, italic: false, underline: false },
  });
  await first.board.write(page, word("Release plan", { x: 90, y: 60 }, 40, "#1e1e1e"));
  const boxes = [
    { text: "Design", x: 90, fill: "#d0ebff", pen: "#1971c2" },
    { text: "Build", x: 400, fill: "#d3f9d8", pen: "#2f9e44" },
    { text: "Ship", x: 710, fill: "#fff3bf", pen: "#f08c00" },
  ];
  for (const box of boxes) {
    const points = [
      { x: box.x, y: 180 },
      { x: box.x + 210, y: 290 },
    ];
    const style = plainStyle({ pen: box.pen, fill: box.fill, thickness: 3 });
    await first.board.draw(page, { shape: "rectangle", style, points });
    await first.board.write(page, word(box.text, { x: box.x + 62, y: 218 }, 26, "#1e1e1e"));
  }
  for (const x of [312, 622]) {
    const tip = { x: x + 76, y: 235 };
    const points = [{ x, y: 235 }, tip, { x: tip.x - 16, y: 225 }, tip, { x: tip.x - 16, y: 245 }];
    await second.board.draw(page, { shape: "open", style: plainStyle({ thickness: 3 }), points });
  }
  const marker = plainStyle({ pen: "#ffd43b", thickness: 24, highlight: true });
  const line = [
    { x: 96, y: 96 },
    { x: 340, y: 94 },
  ];
  await second.board.draw(page, { shape: "open", style: marker, points: line });
  const diamond = [
    { x: 200, y: 380 },
    { x: 300, y: 450 },
    { x: 200, y: 520 },
    { x: 100, y: 450 },
  ];
  const violet = plainStyle({ pen: "#9c36b5", fill: "#f3d9fa", thickness: 3 });
  await second.board.draw(page, { shape: "closed", style: violet, points: diamond });
  await second.board.write(page, word("risk?", { x: 168, y: 434 }, 22, "#1e1e1e"));
  const dashed = plainStyle({ pen: "#e03131", pattern: "dashed", thickness: 3 });
  const ellipse = [
    { x: 690, y: 160 },
    { x: 940, y: 312 },
  ];
  await session.board.draw(page, { shape: "ellipse", style: dashed, points: ellipse });
  const wave = scribble(seeded(7), { x: 430, y: 420 }, 60);
  await session.board.draw(page, { shape: "open", style: plainStyle({ pen: "#1971c2", thickness: 5 }), points: wave });
  await session.board.addPage();
  await session.board.addPage("#fff9db");
  await session.board.turnTo(page);
  for (let steps = 0; steps < 2; steps++) conference.shelf.set(`notes-${steps + 1}.txt`, new Blob(["notes\n"]));
  chat(session, others);
}

function chat(session: MockSession, others: MockSession[]): void {
  const [first = session, second = session] = others;
  const hour = 3_600_000;
  session.chat.addHistory([
    { node: first.self, name: "Amara Okafor", text: "Yesterday's board is still here, nice.", time: Date.now() - hour },
  ]);
  first.chat.say("Shall we go through the plan? https://example.org/plan");
  second.chat.say("Yes, I marked what is new.");
}

/** Everybody looks at the first page, somewhere. */
function stand(others: MockSession[]): void {
  others.forEach((other, index) => {
    const page = other.board.currentPage() ?? 0;
    const cursor = { x: 330 + index * 190, y: 360 + ((index * 97) % 140) };
    const view = { x: 0, y: 0, width: 1024, height: 768 };
    other.board.setPresence({ page, view, cursor, laser: false, busy: index === 1 });
  });
}

/** Moves about, points, draws now and then and says something once in a while, until the session is left. */
function live(person: MockSession, index: number): void {
  const random = seeded(index + 11);
  let tick = 0;
  const timer = setInterval(() => {
    if (person.status.phase === "left") return clearInterval(timer);
    tick++;
    const page = person.board.currentPage() ?? 0;
    const turn = tick / (9 + index * 2) + index * 2;
    const cursor = { x: 500 + 320 * Math.cos(turn), y: 380 + 220 * Math.sin(turn * 1.3) };
    const laser = tick % 120 > 90 && index === 0;
    const view = { x: cursor.x - 400, y: cursor.y - 300, width: 800, height: 600 };
    person.board.setPresence({ page, view, cursor, laser, busy: tick % 60 > 50 });
    if (tick % 60 === 0)
      void person.board.draw(page, {
        shape: "open",
        style: plainStyle({ pen: ["#e03131", "#2f9e44", "#9c36b5"][index % 3] ?? "#1e1e1e" }),
        points: scribble(random, { x: Math.round(cursor.x), y: Math.round(cursor.y) }, 30),
      });
    if (tick % 250 === 100 + index * 40) person.chat.say(["Looks good.", "One moment.", "I agree."][index % 3] ?? "Yes.");
  }, kTickMs);
}
