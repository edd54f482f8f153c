/** Where on its pages this person looks. */

import { COORDINATES, type ItemId, type Point, type Rect } from "../session/api";
import type { BoardState } from "./state.svelte";
import { fitted, kMostScale, type Size, toPage, type View } from "./view";

// CSS pixels: of what floats beside, above and below the page.
const kMargin = { x: 24, y: 76 };
const kClosely = { x: 48, y: 114 };
const kMostClosely = 4; // how large a selection becomes at most
const kNear = 48; // CSS pixels to the edge, of what is brought into sight

export class Viewer {
  private readonly views = new Map<ItemId, View>();
  /** 0: one that is not there yet, and is looked at like any other. */
  private page: ItemId = 0;
  /** The page has been seen in the size that the board has. */
  private hasBeenSeen = false;
  /** By this person, since the last time that all of it was shown. */
  private hasBeenMoved = false;

  constructor(
    private readonly state: BoardState,
    private readonly changed: (view: View) => void,
  ) {}

  /** By this person's own hand: whoever was followed no longer is. */
  look(view: View): void {
    this.state.following = undefined;
    this.hasBeenMoved = true;
    this.show(view);
  }

  /** As somebody else sees it. */
  lookAt(area: Rect): void {
    this.show(fitted(area, this.state.size, { x: 0, y: 0 }, kMostScale));
  }

  fit(area: Rect): void {
    this.hasBeenSeen = true;
    this.look(fitted(area, this.state.size, kMargin));
    this.hasBeenMoved = false;
  }
  fitClosely(area: Rect): void {
    this.look(fitted(area, this.state.size, kClosely, kMostClosely));
  }

  /** Moves the page no further than needed to see all of `box`, or as much as there is room for. */
  reveal(box: Rect): void {
    const { view, size } = this.state;
    const margin = kNear / view.scale;
    const shift = (from: number, length: number, start: number, extent: number): number => {
      const before = start - margin - from;
      const after = start + extent + margin - from - length;
      return before < 0 ? before : after > 0 ? Math.min(before, after) : 0;
    };
    const x = shift(view.x, size.width / view.scale, box.x, box.width);
    const y = shift(view.y, size.height / view.scale, box.y, box.height);
    if (x !== 0 || y !== 0) this.look({ ...view, x: view.x + x, y: view.y + y });
  }

  /** To another page: as it was left, or all of it. */
  turn(page: ItemId, extent: Rect): void {
    const isFirst = this.page === 0;
    if (!isFirst && this.hasBeenSeen) this.views.set(this.page, this.state.view);
    this.page = page;
    if (isFirst && this.hasBeenMoved) return this.show(this.state.view);
    const view = this.views.get(page);
    this.hasBeenSeen = view !== undefined;
    if (view) this.show(view);
    else if (this.state.size.width > 1) this.fit(extent);
  }

  resize(size: Size, extent: Rect): void {
    this.state.size = size;
    if (!this.hasBeenSeen && size.width > 1) this.fit(extent);
    else this.show(this.state.view);
  }

  /** The middle of what is seen. */
  get center(): Point {
    const { view, size } = this.state;
    return toPage(view, { x: size.width / 2, y: size.height / 2 });
  }

  private show(view: View): void {
    const { least, most } = COORDINATES;
    const { size } = this.state;
    const within = (value: number, length: number): number => Math.min(most, Math.max(least - length / view.scale, value));
    this.state.view = { scale: view.scale, x: within(view.x, size.width), y: within(view.y, size.height) };
    this.changed(this.state.view);
  }
}
