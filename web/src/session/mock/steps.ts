/** What happens to the board of a mock conference, so that it can be done, told and taken back. */

import type { BoardChange, BoardObject, ItemId, Page } from "../api";

/** One object or page before and after; absent where it did not or does not exist. */
export type Step =
  | { on: "object"; before?: BoardObject; after?: BoardObject }
  | { on: "page"; index: number; before?: Page; after?: Page }
  | { on: "order"; page: ItemId; before: number; after: number }
  | { on: "turn"; before?: ItemId; after?: ItemId };

/** What takes an action back: its steps the other way round, the last one first. */
export function inverse(steps: readonly Step[]): Step[] {
  return [...steps].reverse().map((step) => ({ ...step, before: step.after, after: step.before }) as Step);
}

/** The pages and objects of a mock conference. */
export class SharedBoard {
  readonly pages: Page[] = [];
  readonly objects = new Map<ItemId, BoardObject>();
  current: ItemId | undefined;
  private nextId = 1;
  private front = 0;
  private back = 0;
  private sorted = new Map<ItemId, BoardObject[]>();

  newId(): ItemId {
    return this.nextId++;
  }
  above(): number {
    return ++this.front;
  }
  below(): number {
    return --this.back;
  }

  objectsOf(page: ItemId): readonly BoardObject[] {
    let list = this.sorted.get(page);
    if (!list) {
      list = [...this.objects.values()].filter((object) => object.page === page);
      list.sort((a, b) => a.z - b.z || a.id - b.id);
      this.sorted.set(page, list);
    }
    return list;
  }

  /** Does what still can be done and says what has changed. */
  apply(steps: readonly Step[]): BoardChange[] {
    return steps.flatMap((step) => this.applyOne(step));
  }

  private applyOne(step: Step): BoardChange[] {
    switch (step.on) {
      case "object":
        return this.applyToObject(step.before, step.after);
      case "page": {
        const at = this.pages.findIndex((page) => page.id === (step.after ?? step.before)?.id);
        if (at >= 0) this.pages.splice(at, 1);
        if (step.after) this.pages.splice(at >= 0 && step.before ? at : step.index, 0, step.after);
        return [{ kind: "pages" }];
      }
      case "order": {
        const at = this.pages.findIndex((page) => page.id === step.page);
        if (at < 0) return [];
        this.pages.splice(step.after, 0, ...this.pages.splice(at, 1));
        return [{ kind: "pages" }];
      }
      case "turn":
        if (!step.after || !this.pages.some((page) => page.id === step.after)) return [];
        this.current = step.after;
        return [{ kind: "turned", page: step.after }];
    }
  }

  private applyToObject(before: BoardObject | undefined, after: BoardObject | undefined): BoardChange[] {
    const id = (after ?? before)?.id;
    if (id === undefined) return [];
    const there = this.objects.get(id);
    // What somebody else has erased meanwhile stays erased.
    if (before && !there) return [];
    if (there) this.sorted.delete(there.page);
    if (!after) {
      this.objects.delete(id);
      return before ? [{ kind: "gone", object: id, page: before.page }] : [];
    }
    if (!this.pages.some((page) => page.id === after.page)) return [];
    this.objects.set(id, after);
    this.sorted.delete(after.page);
    return [{ kind: "set", object: after }];
  }
}
