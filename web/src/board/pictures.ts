/** Pixels of the pictures that have been seen: asked for when they are first drawn. */

import type { ItemId, Picture, Session } from "../session/api";

const kMostKept = 64;

export class Pictures {
  private readonly kept = new Map<ItemId, ImageBitmap>();
  private readonly asked = new Set<ItemId>();

  constructor(
    private readonly session: Session,
    private readonly came: (id: ItemId) => void,
  ) {}

  /** What there is of it now; the rest comes. */
  pixels(picture: Picture & { id?: number }): ImageBitmap | undefined {
    const { id } = picture;
    if (id === undefined) return undefined;
    const known = this.kept.get(id);
    if (known) {
      // The least recently drawn goes first.
      this.kept.delete(id);
      this.kept.set(id, known);
      return known;
    }
    void this.load(id);
    return undefined;
  }

  /** All of these, for an export. */
  async loaded(ids: readonly ItemId[]): Promise<Map<ItemId, ImageBitmap>> {
    const found = new Map<ItemId, ImageBitmap>();
    for (const id of ids) {
      const bitmap = this.kept.get(id) ?? (await this.session.board.picture(id));
      if (bitmap) found.set(id, bitmap);
    }
    return found;
  }

  forget(id: ItemId): void {
    this.kept.delete(id);
    this.asked.delete(id);
  }

  private async load(id: ItemId): Promise<void> {
    if (this.asked.has(id)) return;
    this.asked.add(id);
    const bitmap = await this.session.board.picture(id).catch(() => undefined);
    // One that is still arriving is asked for again when it is complete.
    if (!bitmap) return;
    this.asked.delete(id);
    this.kept.set(id, bitmap);
    const [oldest] = this.kept.keys();
    if (this.kept.size > kMostKept && oldest !== undefined) this.kept.delete(oldest);
    this.came(id);
  }
}
