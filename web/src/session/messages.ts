/**
 * What goes between the page, its worker and the C++ in it. Commands and events are JSON texts that the worker passes
 * on without looking into them; C++ reads and writes them in src/session.
 */

import type {
  BoardChange,
  ChatLine,
  Color,
  Drawing,
  Font,
  ItemId,
  NodeId,
  Page,
  Person,
  Point,
  Presence,
  Rect,
  Refused,
  ShelfFile,
  Status,
  StyleChange,
  Text,
  Transfer,
} from "./api";

/** Something that is done to the board; answered by `done` with the number of the call. */
export type BoardCommand =
  | { do: "draw"; page: ItemId; drawing: Omit<Drawing, "kind"> }
  | { do: "write"; page: ItemId; text: Omit<Text, "kind"> }
  | { do: "putPicture"; page: ItemId; picture: PictureForm & { box: Rect } } // with octets
  | { do: "move"; objects: ItemId[]; by: Point }
  | { do: "transform"; changes: { id: ItemId; box: Rect; degrees?: number }[] }
  | { do: "restyle"; objects: ItemId[]; style: StyleChange }
  | { do: "rewrite"; text: ItemId; to: string }
  | { do: "setFont"; text: ItemId; font: Partial<Font>; color?: Color }
  | { do: "stack"; objects: ItemId[]; where: "front" | "back" | "forward" | "backward" }
  | { do: "duplicate"; objects: ItemId[]; page: ItemId; by: Point }
  | { do: "erase"; objects: ItemId[] }
  | { do: "clearPage" | "removePage" | "turnTo"; page: ItemId }
  | { do: "addPage"; background?: Color }
  | { do: "movePage"; page: ItemId; index: number }
  | { do: "setBackground"; page: ItemId; background: Color }
  | { do: "undo" | "redo" };

export type Command =
  | { do: "start"; address: string; conference: string; name: string; toWall: number }
  | { do: "leave" | "reconnect" }
  | { do: "rename"; name: string }
  | { do: "hand"; up: boolean }
  | { do: "conduct"; what: "take" | "release" }
  | { do: "conduct"; what: "pass"; node: NodeId }
  | { do: "presence"; presence?: Presence }
  | { do: "say"; text: string }
  | { do: "whisper"; call: number; to: NodeId; text: string }
  | { do: "sendFile"; file: number; name: string; size: number; modified: number; to?: NodeId[] }
  | { do: "accept" | "reject" | "cancel"; transfer: number }
  | { do: "askShelf" }
  | { do: "fetch"; name: string }
  | (BoardCommand & { call: number });

/** How the octets of a picture are to be read; rows from the top. */
export type PictureForm =
  | { format: "jpeg"; width: number; height: number }
  | { format: "rgb"; width: number; height: number }
  | { format: "palette"; width: number; height: number; colors: number[] };

/** What has happened, as C++ tells it. */
export type NodeEvent =
  | ({ event: "status"; self: NodeId } & Status)
  | { event: "roster"; people: Person[] }
  | { event: "presence"; node: NodeId; presence?: Presence }
  | { event: "joined" | "gone"; person: Person }
  | { event: "board"; changes: (BoardChange & { pages?: Page[] })[] }
  | { event: "done"; call: number; ok: boolean; why?: Refused; items: ItemId[] }
  | { event: "refused"; why: Refused }
  | { event: "history"; canUndo: boolean; canRedo: boolean }
  | { event: "chat"; line: ChatLine }
  | { event: "past"; lines: ChatLine[] }
  | { event: "saved"; numbers: number[] }
  | { event: "transfer"; transfer: Transfer }
  | { event: "shelf"; files: ShelfFile[] }
  | { event: "conductor"; node: NodeId; isSelf: boolean }
  | { event: "wantsToConduct"; node: NodeId };

/** From the page to the worker. */
export type ToWorker =
  | { type: "start"; url: string; conference: string; name: string }
  | { type: "command"; json: string }
  | { type: "ticket"; transport: number; ticket: string }
  /** `isFinal`: there will be none, however often one is asked for. */
  | { type: "noTicket"; transport: number; why: string; isFinal: boolean }
  | { type: "file"; number: number; file: Blob }
  | { type: "putPicture"; call: number; page: ItemId; image: ImageBitmap; box: Rect }
  | { type: "picture"; call: number; id: ItemId }
  /** The network of this device has come back or gone. */
  | { type: "network"; isThere: boolean };

/** From the worker to the page. */
export type FromWorker =
  | { type: "ready" }
  | { type: "events"; events: string[] }
  | { type: "ticketWanted"; transport: number }
  /** All of a file has arrived. */
  | { type: "kept"; number: number; blob: Blob }
  | { type: "picture"; call: number; image?: ImageBitmap }
  /** The worker is of no use any more. */
  | { type: "broken"; detail: string };
