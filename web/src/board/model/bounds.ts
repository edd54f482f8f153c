/** How much room objects take. */

import type { BoardObject, Drawing, Font, Point, Rect, Text } from "../../session/api";
import { around, corners, inflated, middle, rotate } from "./geometry";

/** Of the height of a character; every node that draws text has to agree on it. */
export const kLineSpacing = 1.2;
const kSmallestCharacter = 4;
const kLargestCharacter = 1000;

/** How wide a line of text is, in workspace pixels. */
export type Measure = (line: string, font: Font) => number;

/** Where there is no canvas to measure on. */
export const roughMeasure: Measure = (line, font) => line.length * characterHeight(font) * 0.6;

export function characterHeight(font: Font): number {
  return Math.min(kLargestCharacter, Math.max(kSmallestCharacter, font.size || 16));
}

/** The last line may end or not: it is one line all the same. */
export function linesOf(text: string): string[] {
  const lines = text.split("\n");
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  return lines;
}

export function textBox(text: Omit<Text, "kind">, measure: Measure): Rect {
  const lines = linesOf(text.text);
  const width = lines.reduce((most, line) => Math.max(most, measure(line, text.font)), 0);
  return { ...text.at, width, height: lines.length * characterHeight(text.font) * kLineSpacing };
}

/** Around its points or pixels, before it is turned and without the pen's width. */
export function frameOf(object: BoardObject, measure: Measure): Rect {
  switch (object.kind) {
    case "picture":
      return object.box;
    case "text":
      return textBox(object, measure);
    case "drawing":
      return around(object.points) ?? { x: 0, y: 0, width: 0, height: 0 };
  }
}

/** Where a place on a turned drawing would be if it were not, and the other way round with `back`. */
export function turned(drawing: Drawing, point: Point, back = false): Point {
  if (!drawing.rotation) return point;
  return rotate(point, back ? -drawing.rotation.degrees : drawing.rotation.degrees, drawing.rotation.axis);
}

/** Everything that it colours, turned and with its pen. */
export function inkOf(object: BoardObject, measure: Measure): Rect {
  const frame = frameOf(object, measure);
  if (object.kind === "picture") return frame;
  if (object.kind === "text") {
    // Descenders and slanted letters reach beyond.
    const spare = characterHeight(object.font) * 0.35;
    return inflated(frame, spare);
  }
  const box = object.rotation ? (around(corners(frame).map((corner) => turned(object, corner))) ?? frame) : frame;
  const square = object.style.nib === "square" ? Math.SQRT2 : 1;
  // A sharp corner of a mitred line reaches out further than half its width: ten times at most.
  const miter = object.style.nib === "square" && object.points.length > 2 ? 5 : 1;
  return inflated({ ...box, x: box.x + 0.5, y: box.y + 0.5 }, (object.style.thickness / 2) * square * miter + 1);
}

export function middleOf(object: BoardObject, measure: Measure): Point {
  return middle(inkOf(object, measure));
}
