/** Which part of a page is seen, and how large. */

import type { Point, Rect } from "../session/api";

export const kLeastScale = 0.05;
export const kMostScale = 16;

/** (x, y) of the page is at the upper left corner; one pixel of it is `scale` pixels of CSS. */
export interface View {
  x: number;
  y: number;
  scale: number;
}
export interface Size {
  width: number;
  height: number;
}

export function toPage(view: View, at: Point): Point {
  return { x: view.x + at.x / view.scale, y: view.y + at.y / view.scale };
}
export function toScreen(view: View, at: Point): Point {
  return { x: (at.x - view.x) * view.scale, y: (at.y - view.y) * view.scale };
}
export function boxOnScreen(view: View, box: Rect): Rect {
  return { ...toScreen(view, box), width: box.width * view.scale, height: box.height * view.scale };
}
export function seen(view: View, size: Size): Rect {
  return { x: view.x, y: view.y, width: size.width / view.scale, height: size.height / view.scale };
}
export function panned(view: View, by: Point): View {
  return { ...view, x: view.x - by.x / view.scale, y: view.y - by.y / view.scale };
}
/** What is below `at` on the screen stays there. */
export function zoomed(view: View, scale: number, at: Point): View {
  const wanted = Math.min(kMostScale, Math.max(kLeastScale, scale));
  const fixed = toPage(view, at);
  return { scale: wanted, x: fixed.x - at.x / wanted, y: fixed.y - at.y / wanted };
}
/** All of `box`, in the middle, never larger than `most`. */
export function fitted(box: Rect, size: Size, margin: Point, most = 1): View {
  const across = Math.max(1, size.width - 2 * margin.x) / Math.max(box.width, 1);
  const down = Math.max(1, size.height - 2 * margin.y) / Math.max(box.height, 1);
  const scale = Math.min(most, kMostScale, Math.max(kLeastScale, Math.min(across, down)));
  return {
    scale,
    x: box.x + box.width / 2 - size.width / 2 / scale,
    y: box.y + box.height / 2 - size.height / 2 / scale,
  };
}

const kStops = [0.05, 0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 2, 3, 4, 6, 8, 12, 16];
/** The next round size. */
export function nextStop(scale: number, direction: 1 | -1): number {
  const near = 1.001;
  if (direction > 0) return kStops.find((stop) => stop > scale * near) ?? kMostScale;
  return kStops.findLast((stop) => stop < scale / near) ?? kLeastScale;
}
