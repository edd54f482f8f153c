/** Points, boxes and what can be said of them. All of it in workspace pixels unless a name says otherwise. */

import type { Point, Rect } from "../../session/api";
import { COORDINATES } from "../../session/api";

export function add(a: Point, b: Point): Point {
  return { x: a.x + b.x, y: a.y + b.y };
}
export function minus(a: Point, b: Point): Point {
  return { x: a.x - b.x, y: a.y - b.y };
}
export function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

/** Clockwise on a screen, in degrees. */
export function rotate(point: Point, degrees: number, axis: Point): Point {
  const turn = (degrees * Math.PI) / 180;
  const [sin, cos] = [Math.sin(turn), Math.cos(turn)];
  const { x, y } = minus(point, axis);
  return { x: axis.x + x * cos - y * sin, y: axis.y + x * sin + y * cos };
}

/** How far a point is from the nearest one of a segment. */
export function distanceToSegment(point: Point, from: Point, to: Point): number {
  const along = minus(to, from);
  const length = along.x * along.x + along.y * along.y;
  if (length === 0) return distance(point, from);
  const at = ((point.x - from.x) * along.x + (point.y - from.y) * along.y) / length;
  const near = Math.min(1, Math.max(0, at));
  return distance(point, { x: from.x + near * along.x, y: from.y + near * along.y });
}

/** Around points; nothing around none. */
export function around(points: readonly Point[]): Rect | undefined {
  const [first] = points;
  if (!first) return undefined;
  let [left, top, right, bottom] = [first.x, first.y, first.x, first.y];
  for (const { x, y } of points) {
    if (x < left) left = x;
    if (x > right) right = x;
    if (y < top) top = y;
    if (y > bottom) bottom = y;
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

export function united(a: Rect, b: Rect): Rect {
  const x = Math.min(a.x, b.x);
  const y = Math.min(a.y, b.y);
  const width = Math.max(a.x + a.width, b.x + b.width) - x;
  const height = Math.max(a.y + a.height, b.y + b.height) - y;
  return { x, y, width, height };
}
/** Around all of them; nothing around none. */
export function unitedAll(boxes: Iterable<Rect>): Rect | undefined {
  let all: Rect | undefined;
  for (const box of boxes) all = all ? united(all, box) : box;
  return all;
}
export function overlap(a: Rect, b: Rect): boolean {
  return a.x <= b.x + b.width && b.x <= a.x + a.width && a.y <= b.y + b.height && b.y <= a.y + a.height;
}
export function common(a: Rect, b: Rect): Rect | undefined {
  if (!overlap(a, b)) return undefined;
  const x = Math.max(a.x, b.x);
  const y = Math.max(a.y, b.y);
  const width = Math.min(a.x + a.width, b.x + b.width) - x;
  const height = Math.min(a.y + a.height, b.y + b.height) - y;
  return { x, y, width, height };
}
export function contains(outer: Rect, inner: Rect): boolean {
  return (
    outer.x <= inner.x &&
    outer.y <= inner.y &&
    outer.x + outer.width >= inner.x + inner.width &&
    outer.y + outer.height >= inner.y + inner.height
  );
}
export function isInside(point: Point, box: Rect): boolean {
  return point.x >= box.x && point.y >= box.y && point.x <= box.x + box.width && point.y <= box.y + box.height;
}
export function inflated(box: Rect, by: number): Rect {
  return { x: box.x - by, y: box.y - by, width: box.width + 2 * by, height: box.height + 2 * by };
}
export function middle(box: Rect): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
export function corners(box: Rect): [Point, Point, Point, Point] {
  const [right, bottom] = [box.x + box.width, box.y + box.height];
  return [
    { x: box.x, y: box.y },
    { x: right, y: box.y },
    { x: right, y: bottom },
    { x: box.x, y: bottom },
  ];
}
/** The box between two opposite corners. */
export function between(a: Point, b: Point): Rect {
  return { x: Math.min(a.x, b.x), y: Math.min(a.y, b.y), width: Math.abs(a.x - b.x), height: Math.abs(a.y - b.y) };
}

/** The pixel that a place lies in, as the standard can say it. */
export function pixel(at: Point): Point {
  const clamp = (value: number): number => Math.min(COORDINATES.most, Math.max(COORDINATES.least, Math.floor(value)));
  return { x: clamp(at.x), y: clamp(at.y) };
}
export function wholeBox(box: Rect): Rect {
  const { x, y } = pixel({ x: Math.round(box.x), y: Math.round(box.y) });
  return { x, y, width: Math.max(0, Math.round(box.width)), height: Math.max(0, Math.round(box.height)) };
}
