import type { Drawing, Point } from "../../session/api";
import { distance } from "./geometry";

const kHeadAngle = (28 * Math.PI) / 180;

/**
 * A line with a head at its end, in one stroke that goes over the tip three times: the standard has no heads of lines,
 * and so every node can draw it.
 */
export function arrow(from: Point, to: Point, thickness: number): Point[] {
  const length = Math.min(distance(from, to) * 0.6, 8 + 3.5 * thickness);
  const direction = Math.atan2(to.y - from.y, to.x - from.x);
  const barb = (side: number): Point => ({
    x: Math.round(to.x - length * Math.cos(direction + side * kHeadAngle)),
    y: Math.round(to.y - length * Math.sin(direction + side * kHeadAngle)),
  });
  return [from, to, barb(1), to, barb(-1)];
}

/** Whether somebody drew it as an arrow, here or with another program that does the same. */
export function isArrow(drawing: Drawing): boolean {
  if (drawing.shape !== "open" || drawing.points.length !== 5) return false;
  const [, tip, , again] = drawing.points;
  return !!tip && !!again && tip.x === again.x && tip.y === again.y;
}

/** From the middle of the top clockwise. */
export function diamond(box: { x: number; y: number; width: number; height: number }): Point[] {
  const x = Math.round(box.x + box.width / 2);
  const y = Math.round(box.y + box.height / 2);
  return [
    { x, y: box.y },
    { x: box.x + box.width, y },
    { x, y: box.y + box.height },
    { x: box.x, y },
  ];
}
