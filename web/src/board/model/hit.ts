/** Which object is meant by a place. */

import type { BoardObject, Drawing, Point } from "../../session/api";
import { frameOf, type Measure, turned } from "./bounds";
import { between, corners, distanceToSegment, inflated, isInside, middle } from "./geometry";

/** Whether `at` is on what the object colours, or no further than `tolerance` from it. */
export function isHit(object: BoardObject, at: Point, tolerance: number, measure: Measure): boolean {
  if (object.kind !== "drawing") return isInside(at, inflated(frameOf(object, measure), tolerance));
  // Pixels are drawn about their middles.
  const point = turned(object, { x: at.x - 0.5, y: at.y - 0.5 }, true);
  const reach = object.style.thickness / 2 + tolerance;
  const isFilled = object.style.fill !== "none";
  switch (object.shape) {
    case "point":
      return object.points.some((dot) => distanceToSegment(point, dot, dot) <= reach);
    case "open":
      return isNearLine(object.points, point, reach);
    case "closed":
      return isNearRing(object.points, point, reach) || (isFilled && isInsideRing(object.points, point));
    case "rectangle": {
      const ring = corners(boxOf(object));
      return isNearRing(ring, point, reach) || (isFilled && isInside(point, boxOf(object)));
    }
    case "ellipse":
      return isOnEllipse(object, point, reach, isFilled);
  }
}

/** Whether a stroke of the eraser from one place to another touches the object. */
export function isCrossed(object: BoardObject, from: Point, to: Point, tolerance: number, measure: Measure): boolean {
  // Steps no longer than what the eraser covers cannot jump over a line.
  const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / Math.max(tolerance, 1)));
  for (let step = 0; step <= steps; step++) {
    const at = { x: from.x + ((to.x - from.x) * step) / steps, y: from.y + ((to.y - from.y) * step) / steps };
    if (isHit(object, at, tolerance, measure)) return true;
  }
  return false;
}

function boxOf(drawing: Drawing): ReturnType<typeof between> {
  const first = drawing.points[0] ?? { x: 0, y: 0 };
  return between(first, drawing.points[1] ?? first);
}

function isNearLine(points: readonly Point[], at: Point, reach: number): boolean {
  return points.some((point, index) => distanceToSegment(at, points[Math.max(0, index - 1)] ?? point, point) <= reach);
}

function isNearRing(points: readonly Point[], at: Point, reach: number): boolean {
  const [first, last] = [points[0], points.at(-1)];
  return isNearLine(points, at, reach) || (!!first && !!last && distanceToSegment(at, last, first) <= reach);
}

/** By the number of edges to the right of it; as canvases fill, this is right for rings that do not cross themselves. */
function isInsideRing(points: readonly Point[], at: Point): boolean {
  let inside = false;
  points.forEach((to, index) => {
    const from = points.at(index - 1) ?? to;
    if (from.y > at.y === to.y > at.y) return;
    if (at.x < from.x + ((to.x - from.x) * (at.y - from.y)) / (to.y - from.y)) inside = !inside;
  });
  return inside;
}

function isOnEllipse(drawing: Drawing, at: Point, reach: number, isFilled: boolean): boolean {
  const box = boxOf(drawing);
  const center = middle(box);
  const [across, down] = [box.width / 2, box.height / 2];
  if (across < 1 || down < 1) return isNearRing(corners(box), at, reach);
  const { x, y } = { x: (at.x - center.x) / across, y: (at.y - center.y) / down };
  const away = Math.hypot(x, y);
  if (away <= 1 && isFilled) return true;
  if (away === 0) return Math.min(across, down) <= reach;
  // The place of the edge in the same direction is near enough to the nearest one.
  const edge = { x: center.x + (x / away) * across, y: center.y + (y / away) * down };
  return Math.hypot(edge.x - at.x, edge.y - at.y) <= reach;
}
