/**
 * Draws objects on a canvas, pixel for pixel as the exports of the command line do (src/picture/paint.cpp): whoever
 * changes one changes both.
 */

import type { BoardObject, Drawing, Picture, Style, Text } from "../../session/api";
import { characterHeight, kLineSpacing, linesOf } from "../model/bounds";
import { between } from "../model/geometry";
import { cssFont, measure } from "./measure";

// A marker lets what lies below show through; T.126 §5.1 asks for that and names no number.
export const kMarkerOpacity = 0.4;

/** How long a line is that is to be a dot: canvases leave out those that have no length. */
const kDot = 0.01;

/** What it draws on: a canvas, or something that writes down the same strokes. */
export type Canvas2D = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D;
/** The pixels of a picture, as far as they are there. */
export type Pixels = (picture: Picture & { id?: number }) => CanvasImageSource | undefined;

/** Lengths of dashes and gaps; none for a line without. */
export function dashes(style: Style): number[] {
  const unit = Math.max(style.thickness, 1);
  switch (style.pattern) {
    case "solid":
    case "two-tone":
      return [];
    case "dashed":
      return [4 * unit, 3 * unit];
    case "dotted":
      return [unit, 2 * unit];
    case "dash-dot":
      return [4 * unit, 2 * unit, unit, 2 * unit];
    case "dash-dot-dot":
      return [4 * unit, 2 * unit, unit, 2 * unit, unit, 2 * unit];
  }
}

export interface Ends {
  cap: CanvasLineCap;
  join: CanvasLineJoin;
}
/** How lines end and meet. A round end would fill the gaps between dashes. */
export function ends(style: Style): Ends {
  if (style.nib === "square") return { cap: "square", join: "miter" };
  return { cap: dashes(style).length > 0 ? "butt" : "round", join: "round" };
}

/** The path of a drawing, where it lies on the page. */
export function trace(drawing: Drawing): Path2D {
  const path = new Path2D();
  traceOn(path, drawing);
  return path;
}

/** The same, on whatever takes paths. */
export function traceOn(path: Pick<Path2D, "moveTo" | "lineTo" | "closePath" | "rect" | "ellipse">, drawing: Drawing): void {
  const [first, second = first] = drawing.points;
  if (!first || !second) return;
  switch (drawing.shape) {
    case "point":
      for (const { x, y } of drawing.points) {
        path.moveTo(x + 0.5, y + 0.5);
        path.lineTo(x + 0.5 + kDot, y + 0.5);
      }
      return;
    case "open":
    case "closed":
      // The middle of a pixel is half a unit off its corner.
      path.moveTo(first.x + 0.5, first.y + 0.5);
      if (drawing.points.length === 1) path.lineTo(first.x + 0.5 + kDot, first.y + 0.5);
      for (const { x, y } of drawing.points.slice(1)) path.lineTo(x + 0.5, y + 0.5);
      if (drawing.shape === "closed") path.closePath();
      return;
    case "rectangle": {
      const box = between(first, second);
      path.rect(box.x + 0.5, box.y + 0.5, box.width, box.height);
      return;
    }
    case "ellipse": {
      const box = between(first, second);
      const [x, y] = [box.x + 0.5, box.y + 0.5];
      if (box.width < 1 || box.height < 1) {
        path.moveTo(x, y);
        path.lineTo(x + box.width, y + box.height);
        return;
      }
      path.moveTo(x + box.width, y + box.height / 2);
      path.ellipse(x + box.width / 2, y + box.height / 2, box.width / 2, box.height / 2, 0, 0, 2 * Math.PI);
      path.closePath();
    }
  }
}

function stroke(on: Canvas2D, style: Style, path: Path2D, opacity: number): void {
  if (style.pen === "none") return;
  const { cap, join } = ends(style);
  on.lineWidth = style.thickness;
  on.lineCap = cap;
  on.lineJoin = join;
  on.miterLimit = 10;
  on.globalAlpha *= opacity;
  if (style.pattern === "two-tone") {
    // White below, so that the line shows on any ground.
    on.strokeStyle = "#ffffff";
    on.setLineDash([]);
    on.stroke(path);
    on.lineCap = "butt";
    on.setLineDash([4 * Math.max(style.thickness, 1), 4 * Math.max(style.thickness, 1)]);
  } else {
    on.setLineDash(dashes(style));
  }
  on.strokeStyle = style.pen;
  on.stroke(path);
}

/** `path`: the one that trace() made of it, where that is kept. */
export function paintDrawing(on: Canvas2D, drawing: Drawing, path: Path2D = trace(drawing)): void {
  const { style, rotation } = drawing;
  const opacity = style.highlight ? kMarkerOpacity : 1;
  on.save();
  if (rotation) {
    const [x, y] = [rotation.axis.x + 0.5, rotation.axis.y + 0.5];
    on.translate(x, y);
    on.rotate((rotation.degrees * Math.PI) / 180);
    on.translate(-x, -y);
  }
  if (style.fill !== "none" && drawing.shape !== "open" && drawing.shape !== "point") {
    const before = on.globalAlpha;
    on.globalAlpha *= opacity;
    on.fillStyle = style.fill;
    on.fill(path);
    on.globalAlpha = before;
  }
  stroke(on, style, path, opacity);
  on.restore();
}

function paintPicture(on: Canvas2D, picture: Picture, pixels: CanvasImageSource | undefined): void {
  const { x, y, width, height } = picture.box;
  if (picture.width === 0 || picture.height === 0) return;
  if (pixels) {
    const part = picture.part ?? { x: 0, y: 0, width: picture.width, height: picture.height };
    on.imageSmoothingQuality = "high";
    on.drawImage(pixels, part.x, part.y, part.width, part.height, x, y, width, height);
    return;
  }
  on.save();
  on.strokeStyle = "#999999";
  on.lineWidth = 1;
  on.setLineDash([]);
  on.beginPath();
  on.rect(x + 0.5, y + 0.5, Math.max(width - 1, 0), Math.max(height - 1, 0));
  on.moveTo(x, y);
  on.lineTo(x + width, y + height);
  on.moveTo(x + width, y);
  on.lineTo(x, y + height);
  on.stroke();
  on.restore();
}

function paintText(on: Canvas2D, text: Text): void {
  const height = characterHeight(text.font);
  const spacing = height * kLineSpacing;
  on.font = cssFont(text.font);
  on.textBaseline = "alphabetic";
  let baseline = text.at.y + height;
  for (const line of linesOf(text.text)) {
    const width = measure(line, text.font);
    if (text.background !== "none") {
      on.fillStyle = text.background;
      on.fillRect(text.at.x, baseline - height, width, spacing);
    }
    on.fillStyle = text.color === "none" ? "#000000" : text.color;
    on.fillText(line, text.at.x, baseline);
    if (text.font.underline) {
      const thickness = Math.max(height / 16, 1);
      on.fillRect(text.at.x, baseline + height / 8 - thickness / 2, width, thickness);
    }
    baseline += spacing;
  }
}

export function paintObject(on: Canvas2D, object: BoardObject, pixels: Pixels, path?: Path2D): void {
  switch (object.kind) {
    case "drawing":
      return paintDrawing(on, object, path);
    case "picture":
      return paintPicture(on, object, object.complete ? pixels(object) : undefined);
    case "text":
      return paintText(on, object);
  }
}
