/** One person's hand on the shared board of a mock conference, with an undo of one's own. */

import type {
  Board,
  BoardObject,
  Color,
  Drawing,
  Font,
  ItemId,
  NodeId,
  Outcome,
  Page,
  Point,
  Presence,
  Rect,
  StyleChange,
  Text,
} from "../api";
import { moved, reshaped, restyled } from "../../board/model/reshape";
import { measure } from "../../board/paint/measure";
import { inverse, type SharedBoard, type Step } from "./steps";

const kMaxUndo = 200;

/** What a board needs from the conference around it. */
export interface Surroundings {
  shared: SharedBoard;
  pictures: Map<ItemId, ImageBitmap>;
  /** Does the steps and tells everybody. */
  perform(steps: readonly Step[]): void;
  historyChanged(): void;
  present(presence: Presence | undefined): void;
}

export class MockBoard implements Board {
  private readonly past: Step[][] = [];
  private readonly future: Step[][] = [];

  constructor(
    private readonly around: Surroundings,
    private readonly author: NodeId,
  ) {}

  pages(): readonly Page[] {
    return this.around.shared.pages;
  }
  currentPage(): ItemId | undefined {
    return this.around.shared.current;
  }
  object(id: ItemId): BoardObject | undefined {
    return this.around.shared.objects.get(id);
  }
  objectsOf(page: ItemId): readonly BoardObject[] {
    return this.around.shared.objectsOf(page);
  }

  draw(page: ItemId, drawing: Omit<Drawing, "kind">): Promise<Outcome> {
    return this.create(page, [{ kind: "drawing", ...drawing }]);
  }
  write(page: ItemId, text: Omit<Text, "kind">): Promise<Outcome> {
    return this.create(page, [{ kind: "text", ...text }]);
  }
  async putPicture(page: ItemId, image: Blob, box: Rect): Promise<Outcome> {
    let bitmap: ImageBitmap | undefined;
    try {
      bitmap = await createImageBitmap(image);
    } catch {
      return { ok: false, why: "invalid" };
    }
    const { width, height } = bitmap;
    const id = this.around.shared.newId();
    // Whoever hears of it may ask for it at once.
    this.around.pictures.set(id, bitmap);
    const placed = { id, page, author: this.author, z: this.around.shared.above() };
    return this.act([{ on: "object", after: { kind: "picture", width, height, box, complete: true, ...placed } }], [id]);
  }

  move(objects: ItemId[], by: Point): Promise<Outcome> {
    return this.change(objects, (object) => moved(object, by));
  }
  transform(changes: { id: ItemId; box: Rect; degrees?: number }[]): Promise<Outcome> {
    const wanted = new Map(changes.map((change) => [change.id, change]));
    return this.change([...wanted.keys()], (object) => {
      const change = wanted.get(object.id);
      return change ? reshaped(object, change.box, change.degrees, measure) : object;
    });
  }
  restyle(objects: ItemId[], style: StyleChange): Promise<Outcome> {
    return this.change(objects, (object) => restyled(object, style));
  }
  rewrite(text: ItemId, to: string): Promise<Outcome> {
    return this.change([text], (object) => (object.kind === "text" ? { ...object, text: to } : object));
  }
  setFont(text: ItemId, font: Partial<Font>, color?: Color): Promise<Outcome> {
    return this.change([text], (object) =>
      object.kind === "text"
        ? { ...object, font: { ...object.font, ...font }, color: color ?? object.color }
        : object,
    );
  }

  stack(objects: ItemId[], where: "front" | "back" | "forward" | "backward"): Promise<Outcome> {
    const first = this.object(objects[0] ?? 0);
    if (!first) return this.refused();
    const order = this.objectsOf(first.page).map((object) => object.id);
    const wanted = new Set(objects);
    const chosen = order.filter((id) => wanted.has(id));
    const others = order.filter((id) => !wanted.has(id));
    const lowest = order.findIndex((id) => wanted.has(id));
    const topmost = order.findLastIndex((id) => wanted.has(id));
    const below = order.slice(0, lowest).length;
    const belowTop = order.slice(0, topmost).filter((id) => !wanted.has(id)).length;
    const at = { front: others.length, back: 0, forward: belowTop + 1, backward: below - 1 }[where];
    const next = [...others.slice(0, Math.max(at, 0)), ...chosen, ...others.slice(Math.max(at, 0))];
    const heights = new Map(next.map((id, index) => [id, index + 1]));
    return this.change(next, (object) => ({ ...object, z: heights.get(object.id) ?? object.z }));
  }

  duplicate(objects: ItemId[], page: ItemId, by: Point): Promise<Outcome> {
    const originals = objects.flatMap((id) => this.object(id) ?? []).sort((a, b) => a.z - b.z);
    if (originals.length === 0) return this.refused();
    const steps: Step[] = [];
    const items: ItemId[] = [];
    for (const original of originals) {
      const id = this.around.shared.newId();
      const picture = this.around.pictures.get(original.id);
      if (picture) this.around.pictures.set(id, picture);
      const after = { ...moved(original, by), id, page, author: this.author, z: this.around.shared.above() };
      steps.push({ on: "object", after });
      items.push(id);
    }
    return this.act(steps, items);
  }
  erase(objects: ItemId[]): Promise<Outcome> {
    const there = objects.flatMap((id) => this.object(id) ?? []);
    if (there.length === 0) return this.refused();
    return this.act(there.map((before): Step => ({ on: "object", before })));
  }
  clearPage(page: ItemId): Promise<Outcome> {
    return this.erase(this.objectsOf(page).map((object) => object.id));
  }

  addPage(background: Color = "#ffffff"): Promise<Outcome> {
    const page: Page = { id: this.around.shared.newId(), width: 1024, height: 768, background };
    return this.act(
      [
        { on: "page", index: this.pages().length, after: page },
        { on: "turn", before: this.currentPage(), after: page.id },
      ],
      [page.id],
    );
  }
  removePage(page: ItemId): Promise<Outcome> {
    const index = this.pages().findIndex((one) => one.id === page);
    const before = this.pages()[index];
    if (!before) return this.refused();
    const steps: Step[] = this.objectsOf(page).map((object) => ({ on: "object", before: object }));
    const next = this.pages()[index + 1] ?? this.pages()[index - 1];
    steps.push({ on: "page", index, before });
    if (this.currentPage() === page && next) steps.push({ on: "turn", before: page, after: next.id });
    return this.act(steps);
  }
  movePage(page: ItemId, index: number): Promise<Outcome> {
    const before = this.pages().findIndex((one) => one.id === page);
    if (before < 0) return this.refused();
    return this.act([{ on: "order", page, before, after: index }]);
  }
  setBackground(page: ItemId, background: Color): Promise<Outcome> {
    const index = this.pages().findIndex((one) => one.id === page);
    const before = this.pages()[index];
    if (!before) return this.refused();
    return this.act([{ on: "page", index, before, after: { ...before, background } }]);
  }
  async turnTo(page: ItemId): Promise<Outcome> {
    await Promise.resolve();
    this.around.perform([{ on: "turn", before: this.currentPage(), after: page }]);
    return { ok: true, items: [] };
  }

  undo(): Promise<Outcome> {
    return this.step(this.past, this.future);
  }
  redo(): Promise<Outcome> {
    return this.step(this.future, this.past);
  }
  get canUndo(): boolean {
    return this.past.length > 0;
  }
  get canRedo(): boolean {
    return this.future.length > 0;
  }

  async picture(id: ItemId): Promise<ImageBitmap | undefined> {
    return this.around.pictures.get(id);
  }
  setPresence(presence: Presence | undefined): void {
    this.around.present(presence);
  }

  private create(page: ItemId, contents: (Drawing | Text)[]): Promise<Outcome> {
    const items: ItemId[] = [];
    const steps = contents.map((content): Step => {
      const id = this.around.shared.newId();
      items.push(id);
      const placed = { id, page, author: this.author, z: this.around.shared.above() };
      return { on: "object", after: { ...content, ...placed } };
    });
    return this.act(steps, items);
  }

  private change(ids: ItemId[], to: (object: BoardObject) => BoardObject): Promise<Outcome> {
    const steps: Step[] = [];
    for (const id of ids) {
      const before = this.object(id);
      if (before) steps.push({ on: "object", before, after: to(before) });
    }
    return steps.length > 0 ? this.act(steps) : this.refused();
  }

  /** As in a worker, it is done a little later, but before anything that is asked for later. */
  private async act(steps: Step[], items: ItemId[] = []): Promise<Outcome> {
    await Promise.resolve();
    this.around.perform(steps);
    this.past.push(steps);
    if (this.past.length > kMaxUndo) this.past.shift();
    this.future.length = 0;
    this.around.historyChanged();
    return { ok: true, items };
  }

  private async step(from: Step[][], to: Step[][]): Promise<Outcome> {
    await Promise.resolve();
    const action = from.pop();
    if (!action) return { ok: false, why: "gone" };
    const back = inverse(action);
    this.around.perform(back);
    to.push(back);
    this.around.historyChanged();
    return { ok: true, items: [] };
  }

  private async refused(): Promise<Outcome> {
    return { ok: false, why: "gone" };
  }
}
