/** The board of a session, on the page's thread. */

import type { Board, Color, Drawing, Font, ItemId, Outcome, Point, Presence, Rect, StyleChange, Text } from "./api";
import type { BoardMirror } from "./board_mirror";
import { decodeImage } from "./image_codec";
import type { Port } from "./port";

/** Pictures that are kept as bitmaps; the one that was longest not asked for goes first. */
const kMostPictures = 48;

export class BoardClient implements Board {
  canUndo = false;
  canRedo = false;
  private readonly bitmaps = new Map<ItemId, Promise<ImageBitmap | undefined>>();
  private told = "";

  constructor(
    private readonly port: Port,
    private readonly mirror: BoardMirror,
  ) {}

  pages = () => this.mirror.pages();
  currentPage = () => this.mirror.currentPage();
  object = (id: ItemId) => this.mirror.object(id);
  objectsOf = (page: ItemId) => this.mirror.objectsOf(page);

  draw = (page: ItemId, drawing: Omit<Drawing, "kind">) => this.port.board({ do: "draw", page, drawing });
  write = (page: ItemId, text: Omit<Text, "kind">) => this.port.board({ do: "write", page, text });
  move = (objects: ItemId[], by: Point) => this.port.board({ do: "move", objects, by });
  transform = (changes: { id: ItemId; box: Rect; degrees?: number }[]) => this.port.board({ do: "transform", changes });
  restyle = (objects: ItemId[], style: StyleChange) => this.port.board({ do: "restyle", objects, style });
  rewrite = (text: ItemId, to: string) => this.port.board({ do: "rewrite", text, to });
  setFont = (text: ItemId, font: Partial<Font>, color?: Color) =>
    this.port.board({ do: "setFont", text, font, ...(color ? { color } : {}) });
  stack = (objects: ItemId[], where: "front" | "back" | "forward" | "backward") =>
    this.port.board({ do: "stack", objects, where });
  duplicate = (objects: ItemId[], page: ItemId, by: Point) => this.port.board({ do: "duplicate", objects, page, by });
  erase = (objects: ItemId[]) => this.port.board({ do: "erase", objects });
  clearPage = (page: ItemId) => this.port.board({ do: "clearPage", page });
  addPage = (background?: Color) => this.port.board({ do: "addPage", ...(background ? { background } : {}) });
  removePage = (page: ItemId) => this.port.board({ do: "removePage", page });
  movePage = (page: ItemId, index: number) => this.port.board({ do: "movePage", page, index });
  setBackground = (page: ItemId, background: Color) => this.port.board({ do: "setBackground", page, background });
  turnTo = (page: ItemId) => this.port.board({ do: "turnTo", page });
  undo = () => this.port.board({ do: "undo" });
  redo = () => this.port.board({ do: "redo" });

  async putPicture(page: ItemId, image: Blob, box: Rect): Promise<Outcome> {
    let bitmap: ImageBitmap;
    try {
      bitmap = await decodeImage(image);
    } catch {
      return { ok: false, why: "invalid" };
    }
    return this.port.call((call) => {
      this.port.line.post({ type: "putPicture", call, page, image: bitmap, box }, [bitmap]);
    });
  }

  picture(id: ItemId): Promise<ImageBitmap | undefined> {
    const object = this.mirror.object(id);
    if (object?.kind !== "picture" || !object.complete) return Promise.resolve(undefined);
    const known = this.bitmaps.get(id) ?? this.port.picture(id);
    this.bitmaps.delete(id);
    this.bitmaps.set(id, known); // the newest stands last
    const oldest = this.bitmaps.keys().next().value;
    if (this.bitmaps.size > kMostPictures && oldest !== undefined) this.bitmaps.delete(oldest);
    return known;
  }

  /** What is gone may come back as another picture. */
  forgetPicture(id: ItemId): void {
    this.bitmaps.delete(id);
  }

  setPresence(presence: Presence | undefined): void {
    const json = JSON.stringify(presence);
    if (json === this.told) return;
    this.told = json;
    this.port.send({ do: "presence", ...(presence ? { presence } : {}) });
  }
}
