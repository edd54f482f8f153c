/** Pixels of the pictures that have been seen: asked for when they are first drawn. */

import type { ItemId, Picture, Session } from "../session/api";

const kMostKept = 64;
/** One that cannot be had yet is asked for again, each time after twice as long, so many times. */
const kAgainMs = 400;
const kMostAsked = 6;

export class Pictures {
  private readonly kept = new Map<ItemId, ImageBitmap>();
  /** How often, for those that have not come. */
  private readonly asked = new Map<ItemId, number>();

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
    this.asked.set(id, 0);
    for (let times = 0; times < kMostAsked && this.asked.get(id) === times; times++) {
      const bitmap = await this.session.board.picture(id).catch(() => undefined);
      // It may be another by now, or gone.
      if (this.asked.get(id) !== times) return;
      if (bitmap) return this.keep(id, bitmap);
      this.asked.set(id, times + 1);
      await new Promise((done) => setTimeout(done, kAgainMs * 2 ** times));
    }
  }

  private keep(id: ItemId, bitmap: ImageBitmap): void {
    this.asked.delete(id);
    this.kept.set(id, bitmap);
    const [oldest] = this.kept.keys();
    if (this.kept.size > kMostKept && oldest !== undefined) this.kept.delete(oldest);
    this.came(id);
  }
}
