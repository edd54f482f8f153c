/** Small pictures of pages, painted when the browser has nothing better to do. */

import type { BoardObject, Page } from "../session/api";
import { paintObject, type Pixels } from "./paint/paint";

const kSlice = 250; // objects at a time

const whenIdle: (work: () => void) => void =
  typeof requestIdleCallback === "function" ? (work) => requestIdleCallback(work, { timeout: 500 }) : (work) => setTimeout(work, 30);

/** Paints the sheet of a page; what is returned stops it. */
export function paintThumbnail(canvas: HTMLCanvasElement, page: Page, objects: readonly BoardObject[], pixels: Pixels): () => void {
  const back = document.createElement("canvas");
  back.width = canvas.width;
  back.height = canvas.height;
  const on = back.getContext("2d");
  if (!on) return () => undefined;
  on.fillStyle = page.background === "none" ? "#ffffff" : page.background;
  on.fillRect(0, 0, back.width, back.height);
  const scale = Math.min(back.width / page.width, back.height / page.height);
  on.setTransform(scale, 0, 0, scale, (back.width - page.width * scale) / 2, (back.height - page.height * scale) / 2);
  let next = 0;
  let isStopped = false;
  const work = (): void => {
    if (isStopped) return;
    for (const end = next + kSlice; next < Math.min(end, objects.length); next++) {
      const object = objects[next];
      if (object) paintObject(on, object, pixels);
    }
    if (next < objects.length) return whenIdle(work);
    canvas.getContext("2d")?.drawImage(back, 0, 0);
  };
  whenIdle(work);
  return () => (isStopped = true);
}
