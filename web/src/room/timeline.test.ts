import { expect, test } from "vitest";
import type { ChatLine } from "../session/api";
import type { Notice } from "./notices.svelte";
import { timeline } from "./timeline";

const NOON = new Date(2026, 10, 23, 12).getTime();
const MINUTE = 60_000;
const line = (number: number, more: Partial<ChatLine> = {}): ChatLine => ({
  number,
  node: 1001,
  name: "Ada",
  text: `line ${number}`,
  time: NOON + number * MINUTE,
  private: false,
  isSelf: false,
  isHistory: number < 0,
  ...more,
});
const notice = (id: number, after: number | undefined): Notice => ({ id, kind: "joined", names: ["Bob"], time: NOON, after });
const shown = (...given: Parameters<typeof timeline>) =>
  timeline(...given).map((item) => (item.kind === "line" ? `${item.line.number}${item.follows ? "+" : ""}` : item.kind));

test("lines of one person are one block, until another speaks or time has passed", () => {
  const lines = [line(1), line(2), line(3, { node: 1002, name: "Bob" }), line(4), line(20)];
  expect(shown(lines, [], 99, NOON)).toEqual(["1", "2+", "3", "4", "20"]);
});

test("a private line is a block of its own", () => {
  expect(shown([line(1), line(2, { private: true }), line(3, { private: true })], [], 99, NOON)).toEqual(["1", "2", "3+"]);
});

test("who came stands where it happened", () => {
  const lines = [line(1), line(2)];
  expect(shown(lines, [notice(1, undefined), notice(2, 1), notice(3, 2)], 99, NOON)).toEqual(["notice", "1", "notice", "2", "notice"]);
});

test("the unread begins before the first line that was not seen", () => {
  expect(shown([line(1), line(2), line(3)], [], 1, NOON)).toEqual(["1", "unread", "2", "3+"]);
  expect(shown([line(1), line(2, { isSelf: true })], [], 1, NOON)).toEqual(["1", "2+"]);
});

test("another day is told, and where this person came", () => {
  const lines = [line(-2, { time: NOON - 24 * 60 * MINUTE }), line(-1), line(0)];
  expect(shown(lines, [], 99, NOON)).toEqual(["day", "-2", "day", "-1", "now", "0"]);
});
