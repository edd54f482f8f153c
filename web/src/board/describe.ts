/** Objects in words, for those who do not see them. */

import type { BoardObject, NodeId, Rect, Session } from "../session/api";
import { t } from "../lib/i18n/i18n.svelte";
import { isArrow } from "./model/arrow";
import { colorName } from "./model/color_name";
import { middle } from "./model/geometry";
import type { Item } from "./paint/scene";
import type { Size } from "./view";

const kMostText = 80;

export function kindOf(object: BoardObject): string {
  if (object.kind === "picture") return t("board.kind.picture");
  if (object.kind === "text") {
    const text = object.text.replace(/\s+/g, " ");
    return t("board.kind.text", { text: text.length > kMostText ? `${text.slice(0, kMostText)}…` : text });
  }
  switch (object.shape) {
    case "point":
      return t("board.kind.dot");
    case "rectangle":
    case "ellipse":
      return t(`board.kind.${object.shape}`);
    case "closed":
      return t(object.points.length === 4 ? "board.kind.diamond" : "board.kind.polygon");
    case "open":
      if (object.style.highlight) return t("board.kind.marker");
      if (isArrow(object)) return t("board.kind.arrow");
      return t(object.points.length === 2 ? "board.kind.line" : "board.kind.stroke");
  }
}

export function nameOfColor(color: string): string {
  const name = colorName(color);
  if (!name) return t("board.color.none");
  const hue = t(`board.color.${name.hue}`);
  return name.isLight ? t("board.color.light", { color: hue }) : hue;
}

/** In which ninth of the sheet. */
export function placeOf(box: Rect, sheet: Size): string {
  const at = middle(box);
  const across = at.x < sheet.width / 3 ? "left" : at.x < (2 * sheet.width) / 3 ? "center" : "right";
  const down = at.y < sheet.height / 3 ? "top" : at.y < (2 * sheet.height) / 3 ? "middle" : "bottom";
  return t("board.object.place", { across: t(`board.place.${across}`), down: t(`board.place.${down}`) });
}

export function sizeOf(box: Rect): string {
  return t("board.object.size", { width: Math.round(box.width), height: Math.round(box.height) });
}

export function describe(item: Item, sheet: Size, nameOf: (node: NodeId) => string | undefined): string {
  const { object, frame } = item;
  const color = object.kind === "drawing" ? object.style.pen : object.kind === "text" ? object.color : undefined;
  const kind = kindOf(object);
  const [place, size] = [placeOf(frame, sheet), sizeOf(frame)];
  const what = color === undefined ? [kind, place, size].join(", ") : t("board.object", { kind, color: nameOfColor(color), place, size });
  const name = nameOf(object.author);
  return name ? t("board.object.by", { what, name }) : what;
}

export function namesIn(session: Session): (node: NodeId) => string | undefined {
  return (node) => session.people().find((person) => person.node === node)?.name;
}
