/** A page as SVG: shapes, text as text, pictures within. */

import type { BoardObject, Drawing, ItemId, Picture, Text } from "../../session/api";
import { characterHeight, kLineSpacing, linesOf } from "../model/bounds";
import { measure } from "../paint/measure";
import { dashes, ends, kMarkerOpacity } from "../paint/paint";
import type { Sheet } from "./export";
import { segmentsOf, short } from "./path";

/** `urlOf`: the pixels of a picture as a data: URL. */
export function toSvg(sheet: Sheet, urlOf: (id: ItemId) => string | undefined): string {
  const { area, background } = sheet;
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${area.width}" height="${area.height}" viewBox="${area.x} ${area.y} ${area.width} ${area.height}">`,
  ];
  if (background !== "none")
    parts.push(`<rect x="${area.x}" y="${area.y}" width="${area.width}" height="${area.height}" fill="${escaped(background)}"/>`);
  for (const object of sheet.objects) parts.push(element(object, urlOf));
  parts.push("</svg>", "");
  return parts.join("\n");
}

function element(object: BoardObject, urlOf: (id: ItemId) => string | undefined): string {
  switch (object.kind) {
    case "drawing":
      return drawing(object);
    case "text":
      return text(object);
    case "picture":
      return picture(object, object.complete ? urlOf(object.id) : undefined);
  }
}

/** What somebody wrote is text wherever it stands, never markup; what XML cannot say is left out. */
export function escaped(words: string): string {
  const names: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  // eslint-disable-next-line no-control-regex
  return words.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "").replace(/[&<>"']/g, (sign) => names[sign] ?? sign);
}

function drawing(one: Drawing): string {
  const { style, rotation } = one;
  const path = segmentsOf(one)
    .map((segment) => {
      switch (segment.to) {
        case "move":
          return `M${short(segment.x)} ${short(segment.y)}`;
        case "line":
          return `L${short(segment.x)} ${short(segment.y)}`;
        case "curve":
          return `C${segment.points.map(short).join(" ")}`;
        case "close":
          return "Z";
      }
    })
    .join("");
  const { cap, join } = ends(style);
  const turn = rotation ? ` transform="rotate(${short(rotation.degrees)} ${rotation.axis.x + 0.5} ${rotation.axis.y + 0.5})"` : "";
  const fills = style.fill !== "none" && one.shape !== "open" && one.shape !== "point";
  const opacity = style.highlight ? ` fill-opacity="${kMarkerOpacity}" stroke-opacity="${kMarkerOpacity}"` : "";
  const shape = `<path d="${path}" fill="${fills ? escaped(style.fill) : "none"}"${opacity}${turn}`;
  if (style.pen === "none") return `${shape}/>`;
  const line = ` stroke-width="${style.thickness}" stroke-linejoin="${join}" stroke-miterlimit="10"`;
  if (style.pattern === "two-tone") {
    const unit = 4 * Math.max(style.thickness, 1);
    return (
      `${shape} stroke="#ffffff" stroke-linecap="${cap}"${line}/>` +
      `<path d="${path}" fill="none"${opacity}${turn} stroke="${escaped(style.pen)}" stroke-linecap="butt"${line} stroke-dasharray="${unit} ${unit}"/>`
    );
  }
  const gaps = dashes(style);
  const pattern = gaps.length > 0 ? ` stroke-dasharray="${gaps.join(" ")}"` : "";
  return `${shape} stroke="${escaped(style.pen)}" stroke-linecap="${cap}"${line}${pattern}/>`;
}

function text(one: Text): string {
  const height = characterHeight(one.font);
  const face = one.font.face === "" || one.font.face === "sans-serif" ? "sans-serif" : `'${one.font.face.replace(/['\\]/g, "")}', sans-serif`;
  const style =
    ` font-family="${escaped(face)}" font-size="${height}"` + (one.font.bold ? ' font-weight="bold"' : "") + (one.font.italic ? ' font-style="italic"' : "");
  const parts: string[] = [];
  linesOf(one.text).forEach((line, index) => {
    const width = short(measure(line, one.font));
    const baseline = one.at.y + height + index * height * kLineSpacing;
    if (one.background !== "none")
      parts.push(`<rect x="${one.at.x}" y="${short(baseline - height)}" width="${width}" height="${short(height * kLineSpacing)}" fill="${escaped(one.background)}"/>`);
    const color = escaped(one.color === "none" ? "#000000" : one.color);
    parts.push(`<text x="${one.at.x}" y="${short(baseline)}" fill="${color}" xml:space="preserve"${style}>${escaped(line)}</text>`);
    if (one.font.underline) {
      const thickness = Math.max(height / 16, 1);
      parts.push(`<rect x="${one.at.x}" y="${short(baseline + height / 8 - thickness / 2)}" width="${width}" height="${short(thickness)}" fill="${color}"/>`);
    }
  });
  return parts.join("\n");
}

function picture(one: Picture, url: string | undefined): string {
  const { x, y, width, height } = one.box;
  if (!url) {
    const cross = `M${x} ${y}l${width} ${height}M${x + width} ${y}l${-width} ${height}`;
    return `<path d="M${x + 0.5} ${y + 0.5}h${width - 1}v${height - 1}h${1 - width}Z${cross}" fill="none" stroke="#999999"/>`;
  }
  const part = one.part ?? { x: 0, y: 0, width: one.width, height: one.height };
  return (
    `<svg x="${x}" y="${y}" width="${width}" height="${height}" viewBox="${part.x} ${part.y} ${part.width} ${part.height}" preserveAspectRatio="none">` +
    `<image width="${one.width}" height="${one.height}" preserveAspectRatio="none" href="${escaped(url)}"/></svg>`
  );
}
