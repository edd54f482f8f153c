/**
 * A page as PDF: lines and shapes as such. Text is drawn as pixels, finely, as the letters of the screen cannot be put
 * into the file, and lies over them once more unseen, to be found and copied.
 */

import type { BoardObject, Drawing, Rect, Text } from "../../session/api";
import { characterHeight, kLineSpacing, linesOf, textBox } from "../model/bounds";
import { inflated } from "../model/geometry";
import { measure } from "../paint/measure";
import { dashes, ends, kMarkerOpacity, paintObject } from "../paint/paint";
import type { Sheet } from "./export";
import { segmentsOf, short } from "./path";
import { PdfFile } from "./pdf_file";

/** Points of paper for a pixel of the page: 96 of them to an inch. */
const kPoint = 0.75;
/** Pixels of text for one of the page. */
const kTextScale = 4;
const kMostTextSide = 8000;
const kMostPictureSide = 4000;

export async function toPdf(sheet: Sheet): Promise<Blob> {
  const file = new PdfFile();
  const { area } = sheet;
  const pictures: string[] = [];
  // The page's own coordinates: from the upper left corner downwards.
  const content = [`${kPoint} 0 0 ${-kPoint} ${short(-area.x * kPoint)} ${short((area.y + area.height) * kPoint)} cm`];
  if (sheet.background !== "none") content.push(`${color(sheet.background)} rg ${area.x} ${area.y} ${area.width} ${area.height} re f`);
  for (const object of sheet.objects) {
    if (object.kind === "drawing") {
      content.push(...drawing(object));
      continue;
    }
    const box = object.kind === "text" ? inflated(textBox(object, measure), characterHeight(object.font) * 0.3) : object.box;
    const name = `I${pictures.length}`;
    const number = await image(file, object, box, sheet);
    if (number === undefined) continue;
    pictures.push(`/${name} ${number} 0 R`);
    // The unit square of a picture, upside down as the page is.
    content.push(`q ${short(box.width)} 0 0 ${short(-box.height)} ${short(box.x)} ${short(box.y + box.height)} cm /${name} Do Q`);
    if (object.kind === "text") content.push(...unseen(object));
  }
  const stream = await file.addStream("", content.join("\n"));
  const font = file.add("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>");
  const marker = file.add(`<< /Type /ExtGState /CA ${kMarkerOpacity} /ca ${kMarkerOpacity} >>`);
  const pages = file.reserve();
  const media = `[0 0 ${short(area.width * kPoint)} ${short(area.height * kPoint)}]`;
  const resources = `<< /Font << /F ${font} 0 R >> /ExtGState << /M ${marker} 0 R >> /XObject << ${pictures.join(" ")} >> >>`;
  const page = file.add(`<< /Type /Page /Parent ${pages} 0 R /MediaBox ${media} /Resources ${resources} /Contents ${stream} 0 R >>`);
  file.add(`<< /Type /Pages /Kids [${page} 0 R] /Count 1 >>`, pages);
  return file.finish(file.add(`<< /Type /Catalog /Pages ${pages} 0 R >>`));
}

/** Red, green and blue from 0 to 1. */
function color(hex: string): string {
  const value = /^#[0-9a-f]{6}$/i.test(hex) ? parseInt(hex.slice(1), 16) : 0;
  return [value >> 16, (value >> 8) & 255, value & 255].map((part) => short(part / 255)).join(" ");
}

function drawing(one: Drawing): string[] {
  const { style, rotation } = one;
  const out = ["q"];
  if (rotation) {
    const [x, y] = [rotation.axis.x + 0.5, rotation.axis.y + 0.5];
    const turn = (rotation.degrees * Math.PI) / 180;
    const [cos, sin] = [Math.cos(turn), Math.sin(turn)];
    const matrix = [cos, sin, -sin, cos, x - x * cos + y * sin, y - x * sin - y * cos];
    out.push(`${matrix.map((value) => String(Math.round(value * 1e6) / 1e6)).join(" ")} cm`);
  }
  if (style.highlight) out.push("/M gs");
  const path = segmentsOf(one)
    .map((segment) => {
      switch (segment.to) {
        case "move":
          return `${short(segment.x)} ${short(segment.y)} m`;
        case "line":
          return `${short(segment.x)} ${short(segment.y)} l`;
        case "curve":
          return `${segment.points.map(short).join(" ")} c`;
        case "close":
          return "h";
      }
    })
    .join(" ");
  if (style.fill !== "none" && one.shape !== "open" && one.shape !== "point") out.push(`${color(style.fill)} rg ${path} f`);
  if (style.pen !== "none") {
    const { cap, join } = ends(style);
    const caps = { butt: 0, round: 1, square: 2 };
    const line = (ink: string, end: number, gaps: number[]): string =>
      `${color(ink)} RG ${style.thickness} w ${end} J ${join === "round" ? 1 : 0} j 10 M [${gaps.join(" ")}] 0 d ${path} S`;
    if (style.pattern === "two-tone") {
      const unit = 4 * Math.max(style.thickness, 1);
      out.push(line("#ffffff", caps[cap], []), line(style.pen, 0, [unit, unit]));
    } else {
      out.push(line(style.pen, caps[cap], dashes(style)));
    }
  }
  out.push("Q");
  return out;
}

/** The pixels of a picture or a text, with how opaque each is. */
async function image(file: PdfFile, object: BoardObject, box: Rect, sheet: Sheet): Promise<number | undefined> {
  if (box.width < 1 || box.height < 1) return undefined;
  const bitmap = sheet.pictures.get(object.id);
  const wanted = object.kind === "text" ? kTextScale : bitmap ? Math.max(1, bitmap.width / box.width) : 2;
  const most = object.kind === "text" ? kMostTextSide : kMostPictureSide;
  const scale = Math.min(wanted, most / box.width, most / box.height);
  const canvas = document.createElement("canvas");
  const width = (canvas.width = Math.max(1, Math.round(box.width * scale)));
  const height = (canvas.height = Math.max(1, Math.round(box.height * scale)));
  const on = canvas.getContext("2d");
  if (!on) return undefined;
  on.setTransform(width / box.width, 0, 0, height / box.height, (-box.x * width) / box.width, (-box.y * height) / box.height);
  paintObject(on, object, () => bitmap);
  const { data } = on.getImageData(0, 0, width, height);
  const colors = new Uint8Array(width * height * 3);
  const opacity = new Uint8Array(width * height);
  for (let at = 0; at < width * height; at++) {
    colors[3 * at] = data[4 * at] ?? 0;
    colors[3 * at + 1] = data[4 * at + 1] ?? 0;
    colors[3 * at + 2] = data[4 * at + 2] ?? 0;
    opacity[at] = data[4 * at + 3] ?? 0;
  }
  const common = `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} /BitsPerComponent 8`;
  const mask = await file.addStream(`${common} /ColorSpace /DeviceGray`, opacity);
  return file.addStream(`${common} /ColorSpace /DeviceRGB /SMask ${mask} 0 R`, colors);
}

/** The words of a text where its letters are, drawn with nothing; letters beyond Latin-1 become question marks. */
function unseen(text: Text): string[] {
  const height = characterHeight(text.font);
  return linesOf(text.text).map((line, index) => {
    const words = [...line].map((letter) => ((letter.codePointAt(0) ?? 0) < 256 ? letter : "?")).join("");
    const octets = [...words].map((letter) => (letter.codePointAt(0) ?? 0).toString(16).padStart(2, "0")).join("");
    const baseline = text.at.y + height + index * height * kLineSpacing;
    return `BT 3 Tr /F ${short(height)} Tf 1 0 0 -1 ${text.at.x} ${short(baseline)} Tm <${octets}> Tj ET`;
  });
}
