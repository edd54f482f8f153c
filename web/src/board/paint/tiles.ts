/**
 * A page as a map is shown: in squares of pixels that are kept, so that a frame costs a few copies however much lies on
 * the page. What has changed is painted anew where it has, within a budget for each frame; until then the old is shown.
 */

import type { Point, Rect } from "../../session/api";
import type { Item } from "./scene";
import { kTile, type Subject, Tile } from "./tile";

/** Milliseconds of a frame that painting may take. */
const kBudgetMs = 5;
/** And so many points or so, as the browser draws some of it only after the clock was looked at. */
const kBudgetPoints = 10_000;
/** While the size is changing, what is painted now will be of no use soon. */
const kChangingPoints = 2500;
/** Tiles that are kept: some screens full, each a megabyte. */
const kMostTiles = 96;

/** All tiles of one size of the page. */
class TileSet {
  readonly tiles = new Map<string, Tile>();
  constructor(readonly scale: number) {}

  tile(column: number, row: number): Tile {
    const key = `${column} ${row}`;
    let tile = this.tiles.get(key);
    if (!tile) {
      const side = kTile / this.scale;
      tile = new Tile({ x: column * side, y: row * side, width: side, height: side }, this.scale);
      this.tiles.set(key, tile);
    }
    return tile;
  }

  /** Forgets those that have not been seen for longest. */
  trim(): void {
    if (this.tiles.size <= kMostTiles) return;
    const oldest = [...this.tiles].sort(([, a], [, b]) => a.used - b.used);
    for (const [key] of oldest.slice(0, this.tiles.size - kMostTiles)) this.tiles.delete(key);
  }
}

/** The part of the page to be drawn: `origin` in pixels of the screen, which are `scale` to one of the page. */
export interface Window {
  origin: Point;
  scale: number;
  width: number;
  height: number;
}

export class Tiles {
  private front: TileSet | undefined;
  /** Of the size before, shown where there is nothing better yet. */
  private back: TileSet | undefined;
  private frame = 0;

  constructor(private subject: Subject) {}

  show(subject: Subject): void {
    this.subject = subject;
    this.front = undefined;
    this.back = undefined;
  }

  invalidate(area: Rect): void {
    for (const tile of this.front?.tiles.values() ?? []) tile.invalidate(area);
    for (const tile of this.back?.tiles.values() ?? []) tile.invalidate(area);
  }

  append(item: Item): void {
    for (const tile of this.front?.tiles.values() ?? [])
      if (tile.isReady && touches(tile.area, item.ink)) tile.append(item, this.subject);
      else tile.invalidate(item.ink);
    for (const tile of this.back?.tiles.values() ?? [])
      if (tile.isReady && touches(tile.area, item.ink)) tile.append(item, this.subject);
  }

  /**
   * Draws what is there and paints what is missing. While the size is changing, the tiles of a size near it do.
   * Says whether there is more to paint.
   */
  draw(on: CanvasRenderingContext2D, window: Window, isChanging: boolean): boolean {
    this.frame++;
    const front = this.chooseFront(window.scale, isChanging);
    const wanted = this.visible(front, window, 0);
    let budget = isChanging ? kChangingPoints : kBudgetPoints;
    const end = performance.now() + kBudgetMs;
    const work = (tile: Tile): void => {
      while (!tile.isDone && budget > 0 && performance.now() < end) budget -= tile.work(this.subject);
    };
    // What is missing altogether comes before what is old.
    for (const { tile } of wanted) if (!tile.isReady) work(tile);
    for (const { tile } of wanted) work(tile);
    const isComplete = wanted.every(({ tile }) => tile.isReady);
    if (isComplete) this.back = undefined;
    // Where the size is not that of the screen, speed counts for more than smoothness: it lasts as long as a gesture.
    on.imageSmoothingEnabled = !isChanging;
    if (this.back) blit(on, this.visible(this.back, window, 0), window, this.back.scale);
    blit(on, wanted, window, front.scale);
    let isBusy = wanted.some(({ tile }) => !tile.isDone);
    if (!isBusy && !isChanging) {
      // What may be seen next.
      const around = this.visible(front, window, 1);
      for (const { tile } of around) work(tile);
      isBusy = around.some(({ tile }) => !tile.isDone);
    }
    front.trim();
    return isBusy;
  }

  private chooseFront(scale: number, isChanging: boolean): TileSet {
    const { front } = this;
    if (front) {
      const ratio = scale / front.scale;
      if (ratio === 1 || (isChanging && ratio < 3 && ratio > 0.4)) return front;
      // One that never got anything to show is no better than the one before it.
      if ([...front.tiles.values()].some((tile) => tile.isReady)) this.back = front;
    }
    this.front = new TileSet(scale);
    return this.front;
  }

  private visible(set: TileSet, window: Window, margin: number): Placed[] {
    const side = (kTile * window.scale) / set.scale;
    const left = Math.floor(window.origin.x / side) - margin;
    const right = Math.floor((window.origin.x + window.width - 1) / side) + margin;
    const top = Math.floor(window.origin.y / side) - margin;
    const bottom = Math.floor((window.origin.y + window.height - 1) / side) + margin;
    const found: Placed[] = [];
    const isOld = set === this.back;
    for (let row = top; row <= bottom; row++)
      for (let column = left; column <= right; column++) {
        // Nothing is painted for what is on its way out.
        if (isOld && !set.tiles.has(`${column} ${row}`)) continue;
        const tile = set.tile(column, row);
        tile.used = this.frame;
        found.push({ tile, column, row });
      }
    return found;
  }
}

interface Placed {
  tile: Tile;
  column: number;
  row: number;
}

function touches(a: Rect, b: Rect): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function blit(on: CanvasRenderingContext2D, tiles: Placed[], window: Window, scale: number): void {
  const side = (kTile * window.scale) / scale;
  for (const { tile, column, row } of tiles) {
    if (!tile.canvas) continue;
    // On whole pixels, so that there is no seam.
    const x = Math.round(column * side - window.origin.x);
    const y = Math.round(row * side - window.origin.y);
    const right = Math.round((column + 1) * side - window.origin.x);
    const bottom = Math.round((row + 1) * side - window.origin.y);
    on.drawImage(tile.canvas, x, y, right - x, bottom - y);
  }
}
