/** A square of a page as pixels, painted a little at a time where much lies on it. */

import type { Color, Rect } from "../../session/api";
import { common, united } from "../model/geometry";
import { paintObject, type Pixels } from "./paint";
import { type Item, pathOf, type Scene } from "./scene";

/** Pixels of a tile's side. */
export const kTile = 512;
/** Points or so that one call of work() paints before it looks at the clock. */
const kSlice = 4000;

/** What tiles show. */
export interface Subject {
  scene: Scene;
  background: Color;
  pixels: Pixels;
  /** From 0, not at all, to 1. */
  visibility(item: Item): number;
}

interface Job {
  items: Item[];
  next: number;
  canvas: HTMLCanvasElement;
  on: CanvasRenderingContext2D;
}

export class Tile {
  /** Nothing: there is nothing on it but the background. */
  canvas: HTMLCanvasElement | undefined;
  /** Whether it has been painted at all. */
  isReady = false;
  used = 0;
  private dirty: Rect | undefined;
  private job: Job | undefined;

  /** `area` of the page, `scale` pixels to each of it. */
  constructor(
    readonly area: Rect,
    readonly scale: number,
  ) {
    this.dirty = area;
  }

  get isDone(): boolean {
    return !this.dirty && !this.job;
  }

  invalidate(area: Rect): void {
    const part = common(area, this.area);
    if (!part) return;
    if (this.job) {
      this.job = undefined;
      this.dirty = this.area;
    }
    this.dirty = this.dirty ? united(this.dirty, part) : part;
  }

  /** Paints something new that lies above all else here. */
  append(item: Item, subject: Subject): void {
    if (this.job || this.dirty) return this.invalidate(item.ink);
    this.canvas ??= blank(subject.background);
    const on = this.canvas.getContext("2d", { alpha: false });
    if (!on) return;
    this.enter(on, item.ink);
    paintOne(on, item, subject);
    on.restore();
  }

  /** Paints some more of it; says how much that was, in points or so. */
  work(subject: Subject): number {
    const job = (this.job ??= this.begin(subject));
    if (!job) return 1;
    let cost = 0;
    while (job.next < job.items.length && cost < kSlice) {
      const item = job.items[job.next++];
      if (item) cost += paintOne(job.on, item, subject);
    }
    if (job.next < job.items.length) return cost;
    job.on.restore();
    this.canvas = job.canvas;
    this.job = undefined;
    this.isReady = true;
    return cost + 1;
  }

  private begin(subject: Subject): Job | undefined {
    const part = this.dirty ?? this.area;
    this.dirty = undefined;
    const items = subject.scene.touching(part);
    const isWhole = !this.canvas || (part.width >= this.area.width && part.height >= this.area.height);
    if (isWhole && items.length === 0) {
      this.canvas = undefined;
      this.isReady = true;
      return undefined;
    }
    // What is seen stays until the new one is complete.
    const canvas = blank(subject.background);
    const on = canvas.getContext("2d", { alpha: false });
    if (!on) return undefined;
    if (!isWhole && this.canvas) on.drawImage(this.canvas, 0, 0);
    this.enter(on, part);
    on.fillStyle = subject.background;
    on.fillRect(this.area.x, this.area.y, this.area.width, this.area.height);
    return { items, next: 0, canvas, on };
  }

  /** Clips to the pixels that a part of the page touches, then makes the page's coordinates those of the canvas. */
  private enter(on: CanvasRenderingContext2D, part: Rect): void {
    const { scale, area } = this;
    on.save();
    const left = Math.floor((part.x - area.x) * scale) - 1;
    const top = Math.floor((part.y - area.y) * scale) - 1;
    const right = Math.ceil((part.x + part.width - area.x) * scale) + 1;
    const bottom = Math.ceil((part.y + part.height - area.y) * scale) + 1;
    on.beginPath();
    on.rect(left, top, right - left, bottom - top);
    on.clip();
    on.setTransform(scale, 0, 0, scale, -area.x * scale, -area.y * scale);
  }
}

function paintOne(on: CanvasRenderingContext2D, item: Item, subject: Subject): number {
  const visibility = subject.visibility(item);
  if (visibility === 0) return 1;
  on.globalAlpha = visibility;
  paintObject(on, item.object, subject.pixels, pathOf(item));
  on.globalAlpha = 1;
  return item.object.kind === "drawing" ? 10 + item.object.points.length : 60;
}

function blank(background: Color): HTMLCanvasElement {
  const canvas = document.createElement("canvas");
  canvas.width = kTile;
  canvas.height = kTile;
  const on = canvas.getContext("2d", { alpha: false });
  if (on) {
    on.fillStyle = background;
    on.fillRect(0, 0, kTile, kTile);
  }
  return canvas;
}
