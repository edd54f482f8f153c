import type { Point } from "../../session/api";
import { distanceToSegment } from "./geometry";

/** Points of one drawing at most, well below what a board takes: a stroke of some minutes. */
export const kMaxStrokePoints = 8192;

/**
 * The same line with fewer points, none of those left out further than `tolerance` from it: Douglas and Peucker's way,
 * without recursion, as strokes are long.
 */
export function simplified(points: readonly Point[], tolerance: number): Point[] {
  if (points.length < 3) return [...points];
  const kept = new Uint8Array(points.length);
  kept[0] = 1;
  kept[points.length - 1] = 1;
  const open: [number, number][] = [[0, points.length - 1]];
  for (let span = open.pop(); span; span = open.pop()) {
    const [from, to] = span;
    const [start, end] = [points[from], points[to]];
    if (!start || !end) continue;
    let [furthest, most] = [-1, tolerance];
    for (let index = from + 1; index < to; index++) {
      const far = distanceToSegment(points[index] ?? start, start, end);
      if (far > most) [furthest, most] = [index, far];
    }
    if (furthest < 0) continue;
    kept[furthest] = 1;
    open.push([from, furthest], [furthest, to]);
  }
  return points.filter((_, index) => kept[index] === 1);
}

/** Without points that are where the one before is. */
export function withoutRepeats(points: readonly Point[]): Point[] {
  return points.filter((point, index) => {
    const before = points[index - 1];
    return !before || before.x !== point.x || before.y !== point.y;
  });
}
