/** Objects that are not where the page has them: being moved, or on their way to be erased, or not yet on the page. */

import type { BoardObject, Drawing, ItemId, Point } from "../../session/api";
import { paintDrawing, paintObject, type Pixels, trace } from "./paint";
import { type Item, lower, pathOf, type Scene } from "./scene";

/** More than these are drawn as one picture while they are moved. */
const kMostDrawn = 150;
const kFaded = 0.25;

interface Group {
  items: Item[];
  by: Point;
  /** What they look like meanwhile, where they change more than their place. */
  instead?: Map<ItemId, BoardObject>;
  picture?: { canvas: HTMLCanvasElement; at: Point; scale: number };
  /** The page has them in their new places; they are shown until it is painted. */
  isOver: boolean;
}

export class Lifted {
  private groups: Group[] = [];
  private readonly hidden = new Set<ItemId>();
  private readonly faded = new Set<ItemId>();
  private pending: { drawing: Drawing; path: Path2D; isOver: boolean }[] = [];

  constructor(
    private readonly pixels: Pixels,
    /** These look different on the page now. */
    private readonly invalidate: (item: Item) => void,
    private readonly refresh: () => void,
  ) {}

  visibility(id: ItemId): number {
    return this.hidden.has(id) ? 0 : this.faded.has(id) ? kFaded : 1;
  }

  /** Takes objects off the page to be moved; the handle is for the calls below. */
  lift(scene: Scene, ids: Iterable<ItemId>): Group {
    const items = [...ids].flatMap((id) => scene.get(id) ?? []).sort(lower);
    const group: Group = { items, by: { x: 0, y: 0 }, isOver: false };
    for (const item of items) this.hidden.add(item.object.id);
    for (const item of items) this.invalidate(item);
    this.groups.push(group);
    return group;
  }
  moveTo(group: Group, by: Point): void {
    group.by = by;
    this.refresh();
  }
  change(group: Group, instead: Map<ItemId, BoardObject>): void {
    group.instead = instead;
    this.refresh();
  }
  /** They are back on the page, as it has them now. */
  drop(group: Group, scene: Scene): void {
    group.isOver = true;
    for (const { object } of group.items) {
      this.hidden.delete(object.id);
      const item = scene.get(object.id);
      if (item) this.invalidate(item);
    }
    this.refresh();
  }

  fade(item: Item): void {
    this.faded.add(item.object.id);
    this.invalidate(item);
  }
  isFaded(id: ItemId): boolean {
    return this.faded.has(id);
  }
  unfade(scene: Scene): void {
    const ids = [...this.faded];
    this.faded.clear();
    for (const item of ids.flatMap((id) => scene.get(id) ?? [])) this.invalidate(item);
  }

  /** Shows a drawing until `arrived` and then until the page is painted. */
  async show(drawing: Drawing, arrived: Promise<unknown>): Promise<void> {
    const one = { drawing, path: trace(drawing), isOver: false };
    this.pending.push(one);
    this.refresh();
    await arrived.catch(() => undefined);
    one.isOver = true;
    this.refresh();
  }

  /** Everything that the page has is painted on it. */
  settle(): void {
    const before = this.groups.length + this.pending.length;
    this.groups = this.groups.filter((group) => !group.isOver);
    this.pending = this.pending.filter((one) => !one.isOver);
    if (this.groups.length + this.pending.length !== before) this.refresh();
  }

  paint(on: CanvasRenderingContext2D): void {
    for (const group of this.groups) this.paintGroup(on, group);
    for (const { drawing, path } of this.pending) paintDrawing(on, drawing, path);
  }

  private paintGroup(on: CanvasRenderingContext2D, group: Group): void {
    if (group.instead) {
      for (const { object } of group.items) paintObject(on, group.instead.get(object.id) ?? object, this.pixels);
      return;
    }
    if (group.items.length > kMostDrawn && this.paintAsPicture(on, group)) return;
    on.save();
    on.translate(group.by.x, group.by.y);
    for (const item of group.items) paintObject(on, item.object, this.pixels, pathOf(item));
    on.restore();
  }

  private paintAsPicture(on: CanvasRenderingContext2D, group: Group): boolean {
    const { canvas } = on;
    const matrix = on.getTransform();
    if (group.picture?.scale !== matrix.a) {
      // What is on the screen now, and as much around it: a drag does not go further than that in one go.
      const [width, height] = [canvas.width * 2, canvas.height * 2];
      const copy = document.createElement("canvas");
      copy.width = width;
      copy.height = height;
      const onto = copy.getContext("2d");
      if (!onto) return false;
      const [left, top] = [-matrix.e - canvas.width / 2, -matrix.f - canvas.height / 2];
      onto.setTransform(matrix.a, 0, 0, matrix.d, -left, -top);
      for (const item of group.items) paintObject(onto, item.object, this.pixels, pathOf(item));
      group.picture = { canvas: copy, at: { x: left / matrix.a, y: top / matrix.d }, scale: matrix.a };
    }
    const { at, scale } = group.picture;
    const [x, y] = [at.x + group.by.x, at.y + group.by.y];
    on.drawImage(group.picture.canvas, x, y, group.picture.canvas.width / scale, group.picture.canvas.height / scale);
    return true;
  }
}

export type { Group as LiftedGroup };
