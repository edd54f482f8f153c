/** The page that is seen: what lies on it, and its pixels. */

import type { BoardObject, ItemId, Rect } from "../../session/api";
import type { Pictures } from "../pictures";
import { type Item, Scene } from "./scene";
import type { Subject } from "./tile";
import { Tiles } from "./tiles";

export class Sheet {
  scene = new Scene([]);
  readonly tiles: Tiles;

  constructor(
    private readonly pictures: Pictures,
    private readonly background: () => string,
    private readonly visibility: (item: Item) => number,
    /** What lies on the page is to be drawn with the next frame. */
    private readonly changed: () => void,
  ) {
    this.tiles = new Tiles(this.subject());
  }

  /** Another page. */
  show(objects: Iterable<BoardObject>): void {
    this.scene = new Scene(objects);
    this.repaint();
  }

  /** All of it is to be painted anew. */
  repaint(): void {
    this.tiles.show(this.subject());
    this.changed();
  }

  set(object: BoardObject): void {
    const was = this.scene.get(object.id)?.object;
    if (object.kind === "picture" && !(was?.kind === "picture" && was.complete)) this.pictures.forget(object.id);
    const { before, after, onTop } = this.scene.set(object);
    const item = this.scene.get(object.id);
    if (item && onTop) {
      this.tiles.append(item);
    } else {
      if (before) this.tiles.invalidate(before);
      this.tiles.invalidate(after);
    }
    this.changed();
  }

  remove(id: ItemId): void {
    const ink = this.scene.remove(id);
    this.pictures.forget(id);
    if (ink) this.invalidate(ink);
  }

  invalidate(area: Rect): void {
    this.tiles.invalidate(area);
    this.changed();
  }
  invalidateItem(id: ItemId): void {
    const item = this.scene.get(id);
    if (item) this.invalidate(item.ink);
  }

  private subject(): Subject {
    return {
      scene: this.scene,
      background: this.background(),
      pixels: (picture) => this.pictures.pixels(picture),
      visibility: this.visibility,
    };
  }
}
