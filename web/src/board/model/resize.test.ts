import { describe, expect, test } from "vitest";
import type { BoardObject, Drawing } from "../../session/api";
import { plainStyle } from "../../session/mock/drawings";
import { frameOf, roughMeasure, turned } from "./bounds";
import { middle, rotate } from "./geometry";
import { reshaped } from "./reshape";
import { pulledFrame, scaledInto, scaledTurned, turnedBy } from "./resize";

const placed = { id: 1, page: 1, author: 0, z: 1 };
const line: BoardObject & Drawing = {
  ...placed,
  kind: "drawing",
  shape: "open",
  style: plainStyle(),
  points: [
    { x: 0, y: 0 },
    { x: 100, y: 50 },
    { x: 50, y: 100 },
  ],
};
const frame = frameOf(line, roughMeasure);
const pulled = { id: 1, object: line, frame };

describe("resizing", () => {
  test("leaves the opposite side where it is", () => {
    expect(pulledFrame(frame, "se", { x: 20, y: -50 }, false)).toEqual({ x: 0, y: 0, width: 120, height: 50 });
    expect(pulledFrame(frame, "nw", { x: 20, y: 10 }, false)).toEqual({ x: 20, y: 10, width: 80, height: 90 });
  });
  test("never turns things inside out", () => {
    expect(pulledFrame(frame, "e", { x: -500, y: 0 }, false).width).toBe(1);
  });
  test("keeps the aspect where that is wanted", () => {
    expect(pulledFrame(frame, "se", { x: 100, y: 0 }, true)).toEqual({ x: 0, y: 0, width: 200, height: 200 });
  });
  test("keeps how points lie to one another", () => {
    const [change] = scaledInto([pulled], frame, { x: 10, y: 10, width: 200, height: 50 });
    const after = change && (reshaped(line, change.box, undefined, roughMeasure) as BoardObject & Drawing);
    expect(after?.points).toEqual([
      { x: 10, y: 10 },
      { x: 210, y: 35 },
      { x: 110, y: 60 },
    ]);
  });
  test("of something turned leaves the opposite corner where it is seen", () => {
    const axis = middle(frame);
    const object = { ...line, rotation: { degrees: 30, axis } };
    const change = scaledTurned({ ...pulled, object }, { x: 0, y: 0, width: 180, height: 140 }, "se", 30, axis);
    const before = turned(object, { x: 0, y: 0 });
    const after = rotate({ x: change.box.x, y: change.box.y }, 30, middle(change.box));
    expect(Math.hypot(after.x - before.x, after.y - before.y)).toBeLessThan(1.5);
  });
});

describe("turning", () => {
  test("adds up and comes round", () => {
    const object = { ...line, rotation: { degrees: 350, axis: middle(frame) } };
    const [change] = turnedBy([{ ...pulled, object }], 20, middle(frame));
    expect(change).toEqual({ id: 1, box: frame, degrees: 10 });
  });
  test("takes texts along upright", () => {
    const font = { face: "", size: 20, bold: false, italic: false, underline: false };
    const text: BoardObject = { ...placed, id: 2, kind: "text", text: "x", at: { x: 200, y: 0 }, color: "#000000", background: "none", font };
    const box = frameOf(text, roughMeasure);
    const [, change] = turnedBy([pulled, { id: 2, object: text, frame: box }], 180, { x: 0, y: 0 });
    expect(change?.degrees).toBeUndefined();
    expect(change?.box.x).toBe(Math.round(-200 - box.width));
  });
});
