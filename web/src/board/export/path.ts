import type { Drawing } from "../../session/api";
import { traceOn } from "../paint/paint";

/** A line, a curve to the end of three points, or back to the beginning. */
export type Segment =
  | { to: "move" | "line"; x: number; y: number }
  | { to: "curve"; points: [number, number, number, number, number, number] }
  | { to: "close" };

/** How far the handles of a quarter of a circle reach, for a circle of 1. */
const kQuarter = 0.5522847498;

/** The path of a drawing in moves, lines and curves alone, where it lies on the page before it is turned. */
export function segmentsOf(drawing: Drawing): Segment[] {
  const segments: Segment[] = [];
  const line = (to: "move" | "line") => (x: number, y: number) => segments.push({ to, x, y });
  traceOn(
    {
      moveTo: line("move"),
      lineTo: line("line"),
      closePath: () => segments.push({ to: "close" }),
      rect: (x, y, width, height) => {
        line("move")(x, y);
        line("line")(x + width, y);
        line("line")(x + width, y + height);
        line("line")(x, y + height);
        segments.push({ to: "close" });
      },
      ellipse: (x, y, a, b) => {
        const [p, q] = [a * kQuarter, b * kQuarter];
        segments.push({ to: "curve", points: [x + a, y + q, x + p, y + b, x, y + b] });
        segments.push({ to: "curve", points: [x - p, y + b, x - a, y + q, x - a, y] });
        segments.push({ to: "curve", points: [x - a, y - q, x - p, y - b, x, y - b] });
        segments.push({ to: "curve", points: [x + p, y - b, x + a, y - q, x + a, y] });
      },
    },
    drawing,
  );
  return segments;
}

export function short(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
