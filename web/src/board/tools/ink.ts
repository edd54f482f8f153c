/**
 * Pen and highlighter. The line that the hand drew is smoothed, drawn at once, and sent as a polyline of whole pixels
 * that every node can draw. A polyline of the standard has one thickness: with a pen that feels pressure it is that of
 * the whole stroke, by how hard it was pressed on the whole, so that a stroke stays one object to be moved and undone.
 */

import { getStrokePoints } from "perfect-freehand";
import type { Drawing, Point, Style } from "../../session/api";
import { pixel } from "../model/geometry";
import { kMaxStrokePoints, simplified, withoutRepeats } from "../model/simplify";
import { paintDrawing } from "../paint/paint";
import type { Bench, Pointer, Sample, Tool } from "./tool";

/** How much the line lags behind the hand to be smooth. */
const kStreamline = 0.32;
/** CSS pixels that what is sent may be off what was drawn, beside the rounding to pixels. */
const kTolerance = 0.35;
/** Half of and twice this is the range of thickness that pressure has. */
const kUsualPressure = 0.5;

export class InkTool implements Tool {
  readonly cursor = "crosshair";
  private samples: Sample[] = [];
  private predicted: Sample[] = [];
  private isPen = false;
  private isStraight = false;
  private isDown = false;

  constructor(
    private readonly bench: Bench,
    private readonly styleOf: () => Style,
  ) {}

  down(pointer: Pointer): void {
    this.samples = [...pointer.samples];
    this.predicted = [];
    this.isPen = pointer.type === "pen";
    this.isStraight = pointer.shift;
    this.isDown = true;
    this.bench.refresh();
  }

  move(pointer: Pointer): void {
    if (!this.isDown) return;
    this.samples.push(...pointer.samples);
    this.predicted = pointer.predicted;
    this.isStraight = pointer.shift;
    this.bench.refresh();
  }

  up(pointer: Pointer): void {
    if (!this.isDown) return;
    this.samples.push(...pointer.samples);
    this.finish();
  }

  finish(): void {
    this.isDown = false;
    const drawing = this.result();
    this.samples = [];
    void this.bench.commit(drawing);
  }

  cancel(): void {
    this.isDown = false;
    this.samples = [];
    this.bench.refresh();
  }

  paintPage(on: CanvasRenderingContext2D): void {
    if (!this.isDown) return;
    const points = this.line([...this.samples, ...this.predicted]).map(({ x, y }) => ({ x: x - 0.5, y: y - 0.5 }));
    paintDrawing(on, { kind: "drawing", shape: points.length > 1 ? "open" : "point", style: this.style(), points });
  }

  private style(): Style {
    const style = this.styleOf();
    if (!this.isPen || !this.bench.state.pressureCounts || style.highlight) return style;
    const sum = this.samples.reduce((total, sample) => total + sample.pressure, 0);
    const pressure = this.samples.length > 0 ? sum / this.samples.length : kUsualPressure;
    const factor = Math.min(2, Math.max(0.5, pressure / kUsualPressure));
    return { ...style, thickness: Math.min(255, Math.max(1, Math.round(style.thickness * factor))) };
  }

  /** Smooth, in fractions of pixels. */
  private line(samples: readonly Sample[]): Point[] {
    const [first] = samples;
    const last = samples.at(-1);
    if (!first || !last) return [];
    if (this.isStraight) return [first, last];
    const smooth = getStrokePoints([...samples], {
      size: this.bench.unit,
      streamline: kStreamline,
      simulatePressure: false,
      last: !this.isDown,
    });
    const points = smooth.map(({ point: [x = 0, y = 0] }) => ({ x, y }));
    return points.length > 1 ? points : [first, last];
  }

  private result(): Omit<Drawing, "kind"> {
    let tolerance = Math.min(1, kTolerance * this.bench.unit);
    const line = this.line(this.samples);
    let points = withoutRepeats(simplified(line, tolerance).map(pixel));
    while (points.length > kMaxStrokePoints) {
      tolerance *= 2;
      points = withoutRepeats(simplified(line, tolerance).map(pixel));
    }
    // A click is a dot.
    const isDot = points.length < 2;
    return { shape: isDot ? "point" : "open", style: this.style(), points: isDot ? points.slice(0, 1) : points };
  }
}
