import { describe, expect, test } from "vitest";
import { seeded } from "../../session/mock/drawings";
import { overlap } from "./geometry";
import { Grid } from "./grid";

describe("the grid", () => {
  const random = seeded(3);
  const boxes = new Map(
    Array.from({ length: 2000 }, (_, id) => {
      const side = id % 100 === 0 ? 9000 : 120;
      return [
        id,
        { x: random() * 60_000 - 20_000, y: random() * 60_000 - 20_000, width: random() * side, height: random() * side },
      ];
    }),
  );

  test("finds what a look at each box finds", () => {
    const grid = new Grid();
    for (const [id, box] of boxes) grid.put(id, box);
    for (const size of [10, 800, 30_000, 100_000]) {
      const area = { x: -1000, y: -500, width: size, height: size };
      const wanted = [...boxes].filter(([, box]) => overlap(box, area)).map(([id]) => id);
      expect(grid.touching(area).sort((a, b) => a - b)).toEqual(wanted);
    }
  });
  test("forgets where something was", () => {
    const grid = new Grid();
    grid.put(1, { x: 0, y: 0, width: 10, height: 10 });
    grid.put(1, { x: 5000, y: 0, width: 10, height: 10 });
    expect(grid.touching({ x: 0, y: 0, width: 20, height: 20 })).toEqual([]);
    expect(grid.touching({ x: 5000, y: 0, width: 20, height: 20 })).toEqual([1]);
    grid.remove(1);
    expect(grid.size).toBe(0);
    expect(grid.touching({ x: 5000, y: 0, width: 20, height: 20 })).toEqual([]);
  });
  test("tells something large once", () => {
    const grid = new Grid();
    grid.put(7, { x: 0, y: 0, width: 20_000, height: 20_000 });
    expect(grid.touching({ x: 100, y: 100, width: 1000, height: 1000 })).toEqual([7]);
  });
});
