import { describe, expect, test } from "vitest";
import { fitted, kMostScale, nextStop, toPage, toScreen, zoomed } from "./view";

describe("the view", () => {
  const view = { x: 10, y: -20, scale: 1.5 };
  test("goes to the page and back", () => {
    expect(toScreen(view, toPage(view, { x: 33, y: 44 }))).toEqual({ x: 33, y: 44 });
  });
  test("zooms about a place that stays", () => {
    const at = { x: 200, y: 100 };
    const before = toPage(view, at);
    const after = toPage(zoomed(view, 4, at), at);
    expect(after.x).toBeCloseTo(before.x);
    expect(after.y).toBeCloseTo(before.y);
    expect(zoomed(view, 1000, at).scale).toBe(kMostScale);
  });
  test("fits a box into the middle", () => {
    const fit = fitted({ x: 100, y: 100, width: 400, height: 100 }, { width: 300, height: 300 }, { x: 50, y: 50 });
    expect(fit.scale).toBe(0.5);
    expect(toScreen(fit, { x: 300, y: 150 })).toEqual({ x: 150, y: 150 });
  });
  test("has round sizes", () => {
    expect(nextStop(1, 1)).toBe(1.1);
    expect(nextStop(1, -1)).toBe(0.9);
    expect(nextStop(0.97, 1)).toBe(1);
  });
});
