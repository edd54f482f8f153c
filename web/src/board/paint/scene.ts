/** What lies on one page, ready to be found and drawn. */

import type { BoardObject, ItemId, Rect } from "../../session/api";
import { frameOf, inkOf } from "../model/bounds";
import { unitedAll } from "../model/geometry";
import { Grid } from "../model/grid";
import { measure } from "./measure";
import { trace } from "./paint";

export interface Item {
  object: BoardObject;
  /** All that it colours. */
  ink: Rect;
  /** Of its points or pixels, before it is turned. */
  frame: Rect;
  /** Made when it is first drawn. */
  path?: Path2D;
}

/** The order in which objects are drawn. */
export function lower(a: Item, b: Item): number {
  return a.object.z - b.object.z || a.object.id - b.object.id;
}

export class Scene {
  private readonly items = new Map<ItemId, Item>();
  private readonly grid = new Grid();
  private top: Item | undefined;

  constructor(objects: Iterable<BoardObject>) {
    for (const object of objects) this.set(object);
  }

  get size(): number {
    return this.items.size;
  }
  get(id: ItemId): Item | undefined {
    return this.items.get(id);
  }
  all(): Iterable<Item> {
    return this.items.values();
  }

  /** Says which part of the page looks different now, and whether nothing but this lies on top there. */
  set(object: BoardObject): { before?: Rect; after: Rect; onTop: boolean } {
    const before = this.items.get(object.id);
    const item: Item = { object, ink: inkOf(object, measure), frame: frameOf(object, measure) };
    const onTop = !before && (!this.top || lower(this.top, item) < 0);
    this.items.set(object.id, item);
    this.grid.put(object.id, item.ink);
    if (onTop || this.top?.object.id === object.id) this.top = item;
    return { ...(before && { before: before.ink }), after: item.ink, onTop };
  }

  remove(id: ItemId): Rect | undefined {
    const item = this.items.get(id);
    if (!item) return undefined;
    this.items.delete(id);
    this.grid.remove(id);
    // Knowing something that is gone as topmost only makes others be drawn the long way.
    return item.ink;
  }

  /** Those that touch an area, the lowest first. */
  touching(area: Rect): Item[] {
    return this.grid
      .touching(area)
      .flatMap((id) => this.items.get(id) ?? [])
      .sort(lower);
  }

  /** Around everything. */
  extent(): Rect | undefined {
    return unitedAll([...this.items.values()].map((item) => item.ink));
  }
}

export function pathOf(item: Item): Path2D | undefined {
  if (item.object.kind === "drawing") item.path ??= trace(item.object);
  return item.path;
}
