/** What is below and around everything that lies on a page. */

import { COORDINATES, type Page } from "../../session/api";
import type { Window } from "./tiles";

const kEdge = "#8891a066";

export function paper(page: Page | undefined): string {
  return page && page.background !== "none" ? page.background : "#ffffff";
}

export function paintGround(on: CanvasRenderingContext2D, window: Window, page: Page | undefined): void {
  on.fillStyle = paper(page);
  on.fillRect(0, 0, window.width, window.height);
}

/** The desk beyond the last coordinate, and the edge of the sheet that other programs show. */
export function paintEdges(on: CanvasRenderingContext2D, window: Window, page: Page | undefined, desk: string): void {
  const { origin, scale, width, height } = window;
  const edge = (value: number, from: number): number => Math.round(value * scale - from);
  if (page) {
    on.strokeStyle = kEdge;
    on.lineWidth = 1;
    on.setLineDash([6, 6]);
    const [x, y] = [edge(0, origin.x), edge(0, origin.y)];
    on.strokeRect(x - 0.5, y - 0.5, Math.round(page.width * scale) + 1, Math.round(page.height * scale) + 1);
    on.setLineDash([]);
  }
  const { least, most } = COORDINATES;
  const [left, top] = [edge(least, origin.x), edge(least, origin.y)];
  const [right, bottom] = [edge(most, origin.x), edge(most, origin.y)];
  on.fillStyle = desk;
  if (left > 0) on.fillRect(0, 0, left, height);
  if (top > 0) on.fillRect(0, 0, width, top);
  if (right < width) on.fillRect(right, 0, width - right, height);
  if (bottom < height) on.fillRect(0, bottom, width, height - bottom);
}
