/** How wide text is, as the canvas draws it. */

import type { Font } from "../../session/api";
import { characterHeight, type Measure, roughMeasure } from "../model/bounds";

const kMostKept = 4096;
const widths = new Map<string, number>();
let ruler: CanvasRenderingContext2D | null | undefined;

/** As CSS writes it, with a family that is there where the one that is wanted is not. */
export function cssFont(font: Font): string {
  const face = font.face.replace(/["\\;{}]/g, "");
  const family = face === "" || face === "sans-serif" ? "sans-serif" : `"${face}", sans-serif`;
  return `${font.italic ? "italic " : ""}${font.bold ? "bold " : ""}${characterHeight(font)}px ${family}`;
}

export const measure: Measure = (line, font) => {
  const css = cssFont(font);
  const key = `${css}\n${line}`;
  const known = widths.get(key);
  if (known !== undefined) return known;
  ruler ??= typeof document === "undefined" ? null : document.createElement("canvas").getContext("2d");
  if (!ruler) return roughMeasure(line, font);
  ruler.font = css;
  const { width } = ruler.measureText(line);
  if (widths.size >= kMostKept) widths.clear();
  widths.set(key, width);
  return width;
};
