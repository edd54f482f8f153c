/** New boxes and directions for objects whose common frame is pulled or turned. */

import type { BoardObject, ItemId, Point, Rect } from "../../session/api";
import { middle, rotate, wholeBox } from "./geometry";

export interface NewBox {
  id: ItemId;
  box: Rect;
  degrees?: number;
}
/** What a pull is about. */
export interface Pulled {
  id: ItemId;
  object: BoardObject;
  frame: Rect;
}

const kLeastSide = 1;

/** The frame after one of its handles was pulled by `by`, in the frame's own direction. The opposite side stays. */
export function pulledFrame(frame: Rect, handle: string, by: Point, keepAspect: boolean): Rect {
  const west = handle.includes("w");
  const north = handle.includes("n");
  let width = frame.width + (west ? -by.x : handle.includes("e") ? by.x : 0);
  let height = frame.height + (north ? -by.y : handle.includes("s") ? by.y : 0);
  width = Math.max(frame.width === 0 ? 0 : kLeastSide, width);
  height = Math.max(frame.height === 0 ? 0 : kLeastSide, height);
  if (keepAspect && frame.width > 0 && frame.height > 0) {
    const across = width / frame.width;
    const down = height / frame.height;
    const isSide = handle.length === 1;
    const scale = isSide ? (handle === "n" || handle === "s" ? down : across) : Math.max(across, down);
    width = frame.width * scale;
    height = frame.height * scale;
  }
  return { x: west ? frame.x + frame.width - width : frame.x, y: north ? frame.y + frame.height - height : frame.y, width, height };
}

/** Everything in `from`, as far as it lies in it in both directions, in `to`. */
export function scaledInto(items: readonly Pulled[], from: Rect, to: Rect): NewBox[] {
  const across = from.width > 0 ? to.width / from.width : 1;
  const down = from.height > 0 ? to.height / from.height : 1;
  return items.map(({ id, object, frame }) => {
    const x = to.x + (frame.x - from.x) * across;
    const y = to.y + (frame.y - from.y) * down;
    // A text has one size of letters.
    const scale = Math.min(across, down);
    const [width, height] =
      object.kind === "text" ? [frame.width * scale, frame.height * scale] : [frame.width * across, frame.height * down];
    return { id, box: wholeBox({ x, y, width, height }) };
  });
}

/** The same for one that is turned: what is opposite of the handle stays where it is on the screen. */
export function scaledTurned(item: Pulled, to: Rect, handle: string, degrees: number, axis: Point): NewBox {
  const anchor = (box: Rect): Point => ({
    x: handle.includes("w") ? box.x + box.width : handle.includes("e") ? box.x : box.x + box.width / 2,
    y: handle.includes("n") ? box.y + box.height : handle.includes("s") ? box.y : box.y + box.height / 2,
  });
  const before = rotate(anchor(item.frame), degrees, axis);
  const after = rotate(anchor(to), degrees, middle(to));
  const box = { ...to, x: to.x + before.x - after.x, y: to.y + before.y - after.y };
  return { id: item.id, box: wholeBox(box), degrees };
}

/** Everything turned by `degrees` about `axis`; texts and pictures go along upright, as the standard cannot turn them. */
export function turnedBy(items: readonly Pulled[], degrees: number, axis: Point): NewBox[] {
  return items.map(({ id, object, frame }) => {
    const old = object.kind === "drawing" ? object.rotation : undefined;
    const center = old ? rotate(middle(frame), old.degrees, old.axis) : middle(frame);
    const to = rotate(center, degrees, axis);
    const box = wholeBox({ ...frame, x: to.x - frame.width / 2, y: to.y - frame.height / 2 });
    if (object.kind !== "drawing") return { id, box };
    return { id, box, degrees: normalised((old?.degrees ?? 0) + degrees) };
  });
}

export function normalised(degrees: number): number {
  return ((degrees % 360) + 360) % 360;
}
