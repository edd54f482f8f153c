import { expect, test } from "vitest";
import { EventParser, type ServerEvent } from "./event_stream";

const STREAM = 'event: standing\ndata: {"a":1}\n\n: a comment keeps it alive\n\ndata: two\ndata: lines\r\n\r\nretry: 5\n\ndata:x\n\n';
const EVENTS: ServerEvent[] = [
  { type: "standing", data: '{"a":1}' },
  { type: "message", data: "two\nlines" },
  { type: "message", data: "x" },
];

test("events are read wherever the stream is cut", () => {
  for (let at = 0; at <= STREAM.length; ++at) {
    const parser = new EventParser();
    expect([...parser.push(STREAM.slice(0, at)), ...parser.push(STREAM.slice(at))]).toEqual(EVENTS);
  }
});

test("an event that has not ended is none yet", () => {
  expect(new EventParser().push("event: standing\ndata: {}\n")).toEqual([]);
});

test("a line without an end is given up", () => {
  const parser = new EventParser();
  expect(() => {
    for (let i = 0; i < 20; ++i) parser.push("x".repeat(100_000));
  }).toThrow(RangeError);
});
