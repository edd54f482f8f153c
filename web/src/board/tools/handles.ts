/** The frame around what is selected, with what one pulls to resize and turn it. */

import type { Point, Rect } from "../../session/api";
import { turned } from "../model/bounds";
import { corners, distance, inflated, middle, rotate, unitedAll } from "../model/geometry";
import type { Item } from "../paint/scene";
import { boxOnScreen, toScreen, type View } from "../view";

export type Handle = "nw" | "n" | "ne" | "e" | "se" | "s" | "sw" | "w" | "turn";

const kGap = 6; // CSS pixels between the ink and the frame
const kStalk = 24; // and from the frame to what turns it
const kSide = 9;
const kReach = { mouse: 9, pen: 12, touch: 22 };
/** A frame smaller than this, in CSS pixels, has no handles in the middle of its sides. */
const kLeastForSides = 48;

export interface Frame {
  items: Item[];
  /** In workspace pixels, before it is turned. */
  box: Rect;
  degrees: number;
  handles: Handle[];
}

/** Of one object in its own direction, of several around all of them. */
export function frameAround(items: Item[], canChange: boolean): Frame | undefined {
  const [first] = items;
  if (!first) return undefined;
  const alone = items.length === 1 ? first.object : undefined;
  const isTurned = alone?.kind === "drawing" && alone.rotation !== undefined;
  const box = isTurned ? first.frame : (unitedAll(items.map((item) => item.frame)) ?? first.frame);
  const handles: Handle[] = ["nw", "ne", "se", "sw"];
  const isTextOnly = items.every((item) => item.object.kind === "text");
  if (!isTextOnly) handles.push("n", "e", "s", "w");
  if (items.some((item) => item.object.kind === "drawing")) handles.push("turn");
  return { items, box, degrees: isTurned ? (alone.rotation?.degrees ?? 0) : 0, handles: canChange ? handles : [] };
}

interface Placed {
  handle: Handle;
  at: Point;
}

/** Where the corners of the frame and its handles are on the screen. */
export function placed(frame: Frame, view: View): { ring: Point[]; handles: Placed[] } {
  const pen = Math.max(...frame.items.map(({ object }) => (object.kind === "drawing" ? object.style.thickness / 2 : 0)));
  const outer = inflated(boxOnScreen(view, frame.box), pen * view.scale + kGap);
  const axis = axisOf(frame);
  const center = toScreen(view, axis);
  const turn = (point: Point): Point => (frame.degrees === 0 ? point : rotate(point, frame.degrees, center));
  const [nw, ne, se, sw] = corners(outer);
  const half = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
  const top = half(nw, ne);
  const where: Record<Handle, Point> = {
    nw,
    ne,
    se,
    sw,
    n: top,
    e: half(ne, se),
    s: half(se, sw),
    w: half(sw, nw),
    turn: { x: top.x, y: top.y - kStalk },
  };
  const isNarrow = outer.width < kLeastForSides;
  const isLow = outer.height < kLeastForSides;
  const handles = frame.handles
    .filter((handle) => !(isNarrow && (handle === "n" || handle === "s")) && !(isLow && (handle === "e" || handle === "w")))
    .map((handle) => ({ handle, at: turn(where[handle]) }));
  return { ring: [nw, ne, se, sw].map(turn), handles };
}

export function axisOf(frame: Frame): Point {
  const [first] = frame.items;
  if (frame.degrees !== 0 && first?.object.kind === "drawing" && first.object.rotation) {
    const { axis } = first.object.rotation;
    return { x: axis.x + 0.5, y: axis.y + 0.5 };
  }
  return middle(frame.box);
}

export function handleAt(frame: Frame, view: View, at: Point, type: "mouse" | "pen" | "touch"): Handle | undefined {
  const near = placed(frame, view).handles.map((one) => ({ ...one, far: distance(one.at, at) }));
  near.sort((a, b) => a.far - b.far);
  const [first] = near;
  return first && first.far <= kReach[type] ? first.handle : undefined;
}

/** Whether a place on the page is within the frame. */
export function isWithin(frame: Frame, view: View, screen: Point): boolean {
  const { ring } = placed(frame, view);
  const signs = ring.map((from, index) => {
    const to = ring[(index + 1) % ring.length] ?? from;
    return Math.sign((to.x - from.x) * (screen.y - from.y) - (to.y - from.y) * (screen.x - from.x));
  });
  return signs.every((sign) => sign >= 0) || signs.every((sign) => sign <= 0);
}

const kCursors = ["ns-resize", "nesw-resize", "ew-resize", "nwse-resize"] as const;
const kDirections: Record<Exclude<Handle, "turn">, number> = { n: 0, ne: 45, e: 90, se: 135, s: 180, sw: 225, w: 270, nw: 315 };
export function cursorOf(handle: Handle, degrees: number): string {
  if (handle === "turn") return "grab";
  return kCursors[((Math.round((kDirections[handle] + degrees) / 45) % 4) + 4) % 4] ?? "move";
}

export function paintFrame(on: CanvasRenderingContext2D, frame: Frame, view: View, color: string): void {
  const { ring, handles } = placed(frame, view);
  on.strokeStyle = color;
  on.lineWidth = 1.5;
  on.setLineDash([]);
  on.beginPath();
  ring.forEach(({ x, y }) => on.lineTo(x, y));
  on.closePath();
  on.stroke();
  const top = handles.find((one) => one.handle === "turn");
  const [nw, ne] = ring;
  if (top && nw && ne) {
    on.beginPath();
    on.moveTo((nw.x + ne.x) / 2, (nw.y + ne.y) / 2);
    on.lineTo(top.at.x, top.at.y);
    on.stroke();
  }
  on.fillStyle = "#ffffff";
  for (const { handle, at } of handles) {
    on.beginPath();
    if (handle === "turn") on.arc(at.x, at.y, kSide / 2 + 0.5, 0, 2 * Math.PI);
    else on.roundRect(at.x - kSide / 2, at.y - kSide / 2, kSide, kSide, 2);
    on.fill();
    on.stroke();
  }
}

/** Around one of several: thin, in its own direction. */
export function paintOutline(on: CanvasRenderingContext2D, item: Item, view: View, color: string): void {
  const { object } = item;
  const ring = corners(item.frame).map((corner) => toScreen(view, object.kind === "drawing" ? turned(object, corner) : corner));
  on.strokeStyle = color;
  on.lineWidth = 1;
  on.setLineDash([]);
  on.beginPath();
  ring.forEach(({ x, y }) => on.lineTo(x, y));
  on.closePath();
  on.stroke();
}
