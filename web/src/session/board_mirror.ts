/** The board as the page has it: what the node has told, in the order in which it lies. */

import type { BoardChange, BoardObject, ItemId, Page } from "./api";

/** A change as the node tells it: with the pages, where they have changed. */
export type ToldChange = BoardChange & { pages?: Page[] };

export class BoardMirror {
  private pageList: readonly Page[] = [];
  private current: ItemId | undefined;
  private readonly byId = new Map<ItemId, BoardObject>();
  private readonly byPage = new Map<ItemId, Set<ItemId>>();
  private readonly sorted = new Map<ItemId, readonly BoardObject[]>(); // kept until something of the page changes

  pages(): readonly Page[] {
    return this.pageList;
  }

  currentPage(): ItemId | undefined {
    return this.current;
  }

  object(id: ItemId): BoardObject | undefined {
    return this.byId.get(id);
  }

  objectsOf(page: ItemId): readonly BoardObject[] {
    const known = this.sorted.get(page);
    if (known) return known;
    const objects: BoardObject[] = [];
    for (const id of this.byPage.get(page) ?? []) {
      const object = this.byId.get(id);
      if (object) objects.push(object);
    }
    objects.sort((a, b) => a.z - b.z || a.id - b.id);
    this.sorted.set(page, objects);
    return objects;
  }

  /** Returns the changes as the page is told them. */
  apply(changes: readonly ToldChange[]): BoardChange[] {
    return changes.map((change) => {
      switch (change.kind) {
        case "pages":
          this.setPages(change.pages ?? []);
          return { kind: "pages" };
        case "turned":
          this.current = change.page || undefined;
          return change;
        case "set":
          this.remove(change.object.id);
          this.add(change.object);
          return change;
        case "gone":
          this.remove(change.object);
          return change;
      }
    });
  }

  private setPages(pages: readonly Page[]): void {
    this.pageList = pages;
    const there = new Set(pages.map((page) => page.id));
    for (const [page, ids] of this.byPage) {
      if (there.has(page)) continue;
      for (const id of ids) this.byId.delete(id);
      this.byPage.delete(page);
      this.sorted.delete(page);
    }
  }

  private add(object: BoardObject): void {
    this.byId.set(object.id, object);
    const ids = this.byPage.get(object.page) ?? new Set();
    this.byPage.set(object.page, ids.add(object.id));
    this.sorted.delete(object.page);
  }

  private remove(id: ItemId): void {
    const old = this.byId.get(id);
    if (!old) return;
    this.byId.delete(id);
    this.byPage.get(old.page)?.delete(id);
    this.sorted.delete(old.page);
  }
}
