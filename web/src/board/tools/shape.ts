/** Whatever is drawn from one corner or end to the other. */

import type { Drawing, Point, Style } from "../../session/api";
import { arrow, diamond } from "../model/arrow";
import { between, distance, middle, pixel } from "../model/geometry";
import { paintDrawing } from "../paint/paint";
import type { Bench, Pointer, Tool } from "./tool";

export type ShapeName = "rectangle" | "diamond" | "ellipse" | "arrow" | "line";

/** CSS pixels below which a drag was a click. */
const kLeastDrag = 4;
const kAngleSteps = 12; // of half a turn: 15 degrees

/** The shape between two places, as it is sent. */
export function shapeBetween(name: ShapeName, from: Point, to: Point, style: Style): Omit<Drawing, "kind"> {
  const [a, b] = [pixel(from), pixel(to)];
  switch (name) {
    case "rectangle":
    case "ellipse":
      return { shape: name, style, points: [a, b] };
    case "diamond":
      return { shape: "closed", style, points: diamond(between(a, b)) };
    case "line":
      return { shape: "open", style: { ...style, fill: "none" }, points: [a, b] };
    case "arrow":
      return { shape: "open", style: { ...style, fill: "none" }, points: arrow(a, b, style.thickness) };
  }
}

/** A place that makes the shape as wide as high, or its direction one of few. */
export function constrained(name: ShapeName, from: Point, to: Point): Point {
  const [x, y] = [to.x - from.x, to.y - from.y];
  if (name === "line" || name === "arrow") {
    const angle = (Math.round((Math.atan2(y, x) / Math.PI) * kAngleSteps) / kAngleSteps) * Math.PI;
    const length = Math.hypot(x, y);
    return { x: from.x + length * Math.cos(angle), y: from.y + length * Math.sin(angle) };
  }
  const side = Math.max(Math.abs(x), Math.abs(y));
  return { x: from.x + side * (x < 0 ? -1 : 1), y: from.y + side * (y < 0 ? -1 : 1) };
}

export class ShapeTool implements Tool {
  readonly cursor = "crosshair";
  private from: Point | undefined;
  private drawing: Omit<Drawing, "kind"> | undefined;

  constructor(
    private readonly bench: Bench,
    private readonly name: ShapeName,
  ) {}

  down(pointer: Pointer): void {
    this.from = pointer.at;
    this.drawing = undefined;
  }

  move(pointer: Pointer): void {
    if (!this.from) return;
    let { from } = this;
    const to = pointer.shift ? constrained(this.name, from, pointer.at) : pointer.at;
    // With Alt the first place is the middle.
    if (pointer.alt) from = { x: 2 * from.x - to.x, y: 2 * from.y - to.y };
    const isLarge = distance(from, to) >= kLeastDrag * this.bench.unit;
    this.drawing = isLarge ? shapeBetween(this.name, from, to, this.bench.state.ink) : undefined;
    this.bench.refresh();
  }

  up(pointer: Pointer): void {
    this.move(pointer);
    const { drawing } = this;
    this.cancel();
    if (drawing) void this.bench.made(this.bench.commit(drawing));
  }

  cancel(): void {
    this.from = undefined;
    this.drawing = undefined;
    this.bench.refresh();
  }

  paintPage(on: CanvasRenderingContext2D): void {
    if (this.drawing) paintDrawing(on, { kind: "drawing", ...this.drawing });
  }

  /** Something of a usual size about a place, for those who have no pointer. */
  static usual(name: ShapeName, about: Point, style: Style, unit: number): Omit<Drawing, "kind"> {
    const [width, height] = name === "line" || name === "arrow" ? [160 * unit, 0] : [160 * unit, 100 * unit];
    const box = { x: about.x - width / 2, y: about.y - height / 2, width, height };
    const center = middle(box);
    return shapeBetween(name, { x: box.x, y: center.y - height / 2 }, { x: box.x + width, y: center.y + height / 2 }, style);
  }
}
