import { describe, expect, test } from "vitest";
import type { BoardObject, Drawing } from "../../session/api";
import { plainStyle } from "../../session/mock/drawings";
import { roughMeasure } from "./bounds";
import { isCrossed, isHit } from "./hit";

const placed = { id: 1, page: 1, author: 0, z: 1 };
function drawing(change: Partial<Drawing>): BoardObject {
  const points = [
    { x: 0, y: 0 },
    { x: 100, y: 60 },
  ];
  return { ...placed, kind: "drawing", shape: "rectangle", style: plainStyle({ thickness: 2 }), points, ...change };
}
const hit = (object: BoardObject, x: number, y: number, tolerance = 2): boolean =>
  isHit(object, { x, y }, tolerance, roughMeasure);

describe("what is meant by a place", () => {
  test("a rectangle without fill is its edge", () => {
    expect(hit(drawing({}), 50, 0)).toBe(true);
    expect(hit(drawing({}), 50, 30)).toBe(false);
    expect(hit(drawing({}), 50, 63.4)).toBe(true);
    expect(hit(drawing({}), 50, 66)).toBe(false);
  });
  test("a filled one is all of it", () => {
    expect(hit(drawing({ style: plainStyle({ fill: "#ffffff" }) }), 50, 30)).toBe(true);
  });
  test("its corners may have come in any order", () => {
    const points = [
      { x: 100, y: 0 },
      { x: 0, y: 60 },
    ];
    expect(hit(drawing({ points }), 0, 30)).toBe(true);
  });
  test("an ellipse has no corners", () => {
    const ellipse = drawing({ shape: "ellipse", style: plainStyle({ fill: "#ffffff", thickness: 2 }) });
    expect(hit(ellipse, 50, 30)).toBe(true);
    expect(hit(ellipse, 2, 2)).toBe(false);
    expect(hit(drawing({ shape: "ellipse" }), 50, 30)).toBe(false);
    expect(hit(drawing({ shape: "ellipse" }), 100, 30)).toBe(true);
  });
  test("a closed line is closed and an open one is not", () => {
    const points = [
      { x: 0, y: 0 },
      { x: 100, y: 0 },
      { x: 100, y: 100 },
    ];
    expect(hit(drawing({ shape: "closed", points }), 50, 50)).toBe(true);
    expect(hit(drawing({ shape: "open", points }), 50, 50)).toBe(false);
  });
  test("what is turned is where it is seen", () => {
    const turned = drawing({ rotation: { degrees: 90, axis: { x: 50, y: 30 } } });
    expect(hit(turned, 50, -20)).toBe(true);
    expect(hit(turned, 100, 30)).toBe(false);
  });
  test("a text is its box", () => {
    const font = { face: "sans-serif", size: 20, bold: false, italic: false, underline: false };
    const text: BoardObject = { ...placed, kind: "text", text: "ab\nc", at: { x: 10, y: 10 }, color: "#000000", background: "none", font };
    expect(hit(text, 20, 50)).toBe(true);
    expect(hit(text, 60, 20)).toBe(false);
  });
  test("a quick stroke of the eraser does not jump over a line", () => {
    const line = drawing({ shape: "open", points: [{ x: 50, y: -500 }, { x: 50, y: 500 }] });
    expect(isCrossed(line, { x: -400, y: 0 }, { x: 400, y: 7 }, 4, roughMeasure)).toBe(true);
    expect(isCrossed(line, { x: -400, y: 0 }, { x: 30, y: 7 }, 4, roughMeasure)).toBe(false);
  });
});
