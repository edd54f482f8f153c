import { describe, expect, test } from "vitest";
import { distanceToSegment } from "./geometry";
import { simplified, withoutRepeats } from "./simplify";

describe("a simplified line", () => {
  const wave = Array.from({ length: 400 }, (_, x) => ({ x, y: 40 * Math.sin(x / 25) }));

  test("keeps its ends and every point within the tolerance", () => {
    const few = simplified(wave, 0.5);
    expect(few[0]).toEqual(wave[0]);
    expect(few.at(-1)).toEqual(wave.at(-1));
    for (const point of wave) {
      const far = Math.min(...few.slice(1).map((to, index) => distanceToSegment(point, few[index] ?? to, to)));
      expect(far).toBeLessThanOrEqual(0.5);
    }
  });
  test("has far fewer points", () => {
    expect(simplified(wave, 0.5).length).toBeLessThan(60);
  });
  test("has only its ends when it is straight", () => {
    const straight = Array.from({ length: 50 }, (_, x) => ({ x, y: 2 * x }));
    expect(simplified(straight, 0.1)).toEqual([straight[0], straight[49]]);
  });
  test("keeps a corner", () => {
    const corner = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
    ];
    expect(simplified(corner, 1)).toEqual(corner);
  });
  test("takes a line of two hundred thousand points", () => {
    const long = Array.from({ length: 200_000 }, (_, x) => ({ x: x / 100, y: 100 * Math.sin(x / 9000) }));
    expect(simplified(long, 0.5).length).toBeLessThan(2000);
  });
});

test("repeated points are left out, not those that come back later", () => {
  const [a, b] = [
    { x: 1, y: 1 },
    { x: 2, y: 1 },
  ];
  expect(withoutRepeats([a, { ...a }, b, { ...b }, a])).toEqual([a, b, a]);
});
