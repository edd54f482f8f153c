/** Finds what is near a place among thousands of boxes. */

import type { Rect } from "../../session/api";
import { overlap } from "./geometry";

const kCell = 256;
/** Boxes in more cells than this are looked at one by one; there are few of them. */
const kMostCells = 256;

/** A grid of squares, each knowing which boxes touch it. */
export class Grid {
  private readonly cells = new Map<number, Set<number>>();
  private readonly large = new Set<number>();
  private readonly boxes = new Map<number, Rect>();

  get size(): number {
    return this.boxes.size;
  }

  put(id: number, box: Rect): void {
    this.remove(id);
    this.boxes.set(id, box);
    const keys = keysOf(box);
    if (!keys) {
      this.large.add(id);
      return;
    }
    for (const key of keys) {
      const cell = this.cells.get(key);
      if (cell) cell.add(id);
      else this.cells.set(key, new Set([id]));
    }
  }

  remove(id: number): void {
    const box = this.boxes.get(id);
    if (!box) return;
    this.boxes.delete(id);
    if (this.large.delete(id)) return;
    for (const key of keysOf(box) ?? []) {
      const cell = this.cells.get(key);
      cell?.delete(id);
      if (cell?.size === 0) this.cells.delete(key);
    }
  }

  /** Those whose boxes touch this one, each once, in no order. */
  touching(area: Rect): number[] {
    const keys = keysOf(area, this.boxes.size);
    const candidates = keys ? new Set(this.large) : this.boxes.keys();
    if (keys && candidates instanceof Set)
      for (const key of keys) for (const id of this.cells.get(key) ?? []) candidates.add(id);
    const found: number[] = [];
    for (const id of candidates) {
      const box = this.boxes.get(id);
      if (box && overlap(box, area)) found.push(id);
    }
    return found;
  }
}

/** The cells that a box touches; nothing when they are more than `most`. */
function keysOf(box: Rect, most = kMostCells): number[] | undefined {
  const left = Math.floor(box.x / kCell);
  const right = Math.floor((box.x + box.width) / kCell);
  const top = Math.floor(box.y / kCell);
  const bottom = Math.floor((box.y + box.height) / kCell);
  if ((right - left + 1) * (bottom - top + 1) > Math.max(most, kMostCells)) return undefined;
  const keys: number[] = [];
  for (let x = left; x <= right; x++) for (let y = top; y <= bottom; y++) keys.push(x * 65536 + y);
  return keys;
}
