/**
 * The session: one T.120 node in a Web Worker, as the page sees it. The page knows no PDU; what it does here is what the
 * command line does with the same C++. Everything is in workspace pixels, UTF-16 strings and milliseconds.
 *
 * A session keeps a mirror of everything on the page's own thread, so that reading never waits; each change of the
 * mirror is told by one event, after it. Calls take effect on the mirror as soon as the node has done them, which is in
 * the same turn of its event loop and long before the server has heard of them.
 */

/** A page, or an object on one. */
export type ItemId = number;
/** A node of the conference (an MCS user id); 0 is nobody. */
export type NodeId = number;

// --- how it goes ---

export type Phase =
  | "connecting" // for the first time
  | "joined"
  | "reconnecting" // what is done meanwhile is kept and sent later
  | "left" // by leave()
  | "ended"; // nothing will bring it back; `why` tells

export interface Status {
  phase: Phase;
  /** Why it is not joined: a key of the catalogue of texts ("ended.ejected"), and words of the server that may be shown. */
  why?: "refused" | "ejected" | "ended" | "unreachable" | "protocol";
  detail?: string;
  /** When it will try again, in milliseconds of Date.now(); only while reconnecting. */
  nextAttempt?: number;
  /** How much of what this person did nobody has confirmed to be safe; 0 where everything is, or nobody keeps anything. */
  unsaved: number;
  /** Whether the board is what everybody has. */
  converged: boolean;
}

// --- who is here ---

export interface Person {
  node: NodeId;
  name: string;
  isSelf: boolean;
  /** The node that the server itself is. */
  isServer: boolean;
  isConvener: boolean;
  isConductor: boolean;
  /** What it can do: "chat", "whiteboard", "files", and "memory" for a node that keeps. */
  applications: string[];
  handRaised: boolean;
  /** Where it is on the board, where it tells. */
  presence?: Presence;
}

/** Where somebody is on the board. Told to all, at most ten times a second. */
export interface Presence {
  page: ItemId;
  /** What it sees of the page. */
  view: Rect;
  cursor?: Point;
  /** It points with the laser: `cursor` leaves a fading trail. */
  laser: boolean;
  /** It is drawing right now. */
  busy: boolean;
}

// --- the whiteboard ---

export interface Point {
  x: number;
  y: number;
}
export interface Rect {
  x: number;
  y: number;
  width: number;
  height: number;
}
/** How high a line of text is, in sizes of its font. */
export const LINE_HEIGHT = 1.2;

/** "#rrggbb", or "none". */
export type Color = string;

export type Shape = "point" | "open" | "closed" | "rectangle" | "ellipse";
export type Pattern = "solid" | "dashed" | "dotted" | "dash-dot" | "dash-dot-dot" | "two-tone";

export interface Style {
  pen: Color;
  fill: Color;
  /** 1..255. */
  thickness: number;
  nib: "circular" | "square";
  pattern: Pattern;
  /** Translucent, like a marker: what lies below shines through. */
  highlight: boolean;
}

interface Placed {
  id: ItemId;
  page: ItemId;
  /** Who created it, as far as that is known; 0: nobody knows. */
  author: NodeId;
  /** The order on the page: lower ones lie below. Equal ones go by id. */
  z: number;
}

/** Lines have all their points; a rectangle and an ellipse two opposite corners of their box. Integers. */
export interface Drawing {
  kind: "drawing";
  shape: Shape;
  style: Style;
  points: Point[];
  /** Clockwise, in degrees, about `axis`. */
  rotation?: { degrees: number; axis: Point };
}
export interface Picture {
  kind: "picture";
  /** In its own pixels. */
  width: number;
  height: number;
  /** On the page. */
  box: Rect;
  /** The part of it that is shown, in its own pixels; all when absent. */
  part?: Rect;
  /** False while it is still arriving. The octets come by Session.picture(). */
  complete: boolean;
}
export interface Text {
  kind: "text";
  text: string;
  at: Point;
  color: Color;
  background: Color;
  font: Font;
}
export interface Font {
  face: string;
  /** In workspace pixels. */
  size: number;
  bold: boolean;
  italic: boolean;
  underline: boolean;
}
export type BoardObject = Placed & (Drawing | Picture | Text);

export interface Page {
  id: ItemId;
  width: number;
  height: number;
  background: Color;
}

/** The coordinates that the standard has; what lies beyond is cut off. */
export const COORDINATES = { least: -21845, most: 43690 } as const;

export type BoardChange =
  | { kind: "pages" } // one was added, changed, removed or moved; look at pages()
  | { kind: "turned"; page: ItemId } // everybody is to look at this one
  | { kind: "set"; object: BoardObject } // new, or changed
  | { kind: "gone"; object: ItemId; page: ItemId };

/** Why something was not done. */
export type Refused = "notReady" | "notAllowed" | "limit" | "gone" | "tooLarge" | "offline" | "invalid";
export type Outcome = { ok: true; items: ItemId[] } | { ok: false; why: Refused };

export type StyleChange = Partial<Style>;

export interface Board {
  /** In their order. */
  pages(): readonly Page[];
  /** The one that everybody is to look at. */
  currentPage(): ItemId | undefined;
  object(id: ItemId): BoardObject | undefined;
  /** From the lowest to the topmost. */
  objectsOf(page: ItemId): readonly BoardObject[];

  draw(page: ItemId, drawing: Omit<Drawing, "kind">): Promise<Outcome>;
  write(page: ItemId, text: Omit<Text, "kind">): Promise<Outcome>;
  /** PNG, JPEG, GIF, WebP or SVG: what the browser can decode. It is drawn to `box` and sent in a form that the standard has. */
  putPicture(page: ItemId, image: Blob, box: Rect): Promise<Outcome>;
  move(objects: ItemId[], by: Point): Promise<Outcome>;
  /**
   * Gives objects new boxes: pictures keep their octets, drawings their points' relations, and text gets the font with
   * which its lines (LINE_HEIGHT of its size each) fill the height of the box. A box is the one before the turn;
   * `degrees` turn a drawing about its centre, and without them it keeps its turn. Nothing else can be turned. One undo.
   */
  transform(changes: { id: ItemId; box: Rect; degrees?: number }[]): Promise<Outcome>;
  restyle(objects: ItemId[], style: StyleChange): Promise<Outcome>;
  rewrite(text: ItemId, to: string): Promise<Outcome>;
  setFont(text: ItemId, font: Partial<Font>, color?: Color): Promise<Outcome>;
  stack(objects: ItemId[], where: "front" | "back" | "forward" | "backward"): Promise<Outcome>;
  /** Copies, moved by `by`, onto a page; one undo. */
  duplicate(objects: ItemId[], page: ItemId, by: Point): Promise<Outcome>;
  erase(objects: ItemId[]): Promise<Outcome>;
  clearPage(page: ItemId): Promise<Outcome>;

  addPage(background?: Color): Promise<Outcome>;
  removePage(page: ItemId): Promise<Outcome>;
  movePage(page: ItemId, index: number): Promise<Outcome>;
  setBackground(page: ItemId, background: Color): Promise<Outcome>;
  /** Everybody turns to it. */
  turnTo(page: ItemId): Promise<Outcome>;

  /** Of one's own actions, whatever page they were on. */
  undo(): Promise<Outcome>;
  redo(): Promise<Outcome>;
  readonly canUndo: boolean;
  readonly canRedo: boolean;

  /** The octets of a complete picture, as something that createImageBitmap() takes; kept in a small cache. */
  picture(id: ItemId): Promise<ImageBitmap | undefined>;
  /** Tells where this person is and points; as often as wanted, sent as often as is good. */
  setPresence(presence: Presence | undefined): void;
}

// --- chat ---

export interface ChatLine {
  /** Counts up, in the order in which lines are to be shown; history has numbers below 0. */
  number: number;
  node: NodeId;
  name: string;
  text: string;
  /** Date.now() of when it was said. */
  time: number;
  private: boolean;
  /** Of a private line of one's own: to whom. */
  to?: NodeId;
  isSelf: boolean;
  isHistory: boolean;
  /** Of a line of one's own: whether it is known to be kept. */
  saved?: boolean;
}

export interface Chat {
  lines(): readonly ChatLine[];
  say(text: string): void;
  /** False when that node has no chat. */
  sayPrivately(to: NodeId, text: string): Promise<boolean>;
}

// --- files ---

export interface Transfer {
  id: number;
  direction: "in" | "out";
  name: string;
  size?: number;
  done: number;
  /** Who sends it. */
  from: NodeId;
  fromName: string;
  state: "offered" | "waiting" | "running" | "done" | "failed" | "rejected" | "cancelled";
  /** Words for people. */
  why?: string;
  private: boolean;
  /** In: the sender's SHA-256 is that of what arrived. */
  verified?: boolean;
  /** In, done: object URL of what arrived; revoked when the session ends. */
  url?: string;
  /** Likewise, for the page to read. */
  content?: Blob;
  type?: string;
}
/** A file that the conference keeps. */
export interface ShelfFile {
  name: string;
  size?: number;
  modified?: number;
}

export interface Files {
  transfers(): readonly Transfer[];
  /** To everybody, or to some. */
  send(file: File, to?: NodeId[]): Promise<number | Refused>;
  accept(transfer: number): void;
  reject(transfer: number): void;
  cancel(transfer: number): void;
  /** Asks the node that keeps; the answer comes as the event "shelf". */
  askShelf(): void;
  shelf(): readonly ShelfFile[];
  /** Becomes a transfer "in". */
  fetch(name: string): void;
}

// --- all of it ---

export interface SessionEvents {
  status: Status;
  roster: readonly Person[];
  /** Somebody's presence alone has changed, which happens often. */
  presence: { node: NodeId; presence: Presence | undefined };
  joined: Person;
  gone: Person;
  board: readonly BoardChange[];
  /** The order of all has refused something that was done here. */
  refused: { why: Refused };
  /** canUndo or canRedo may have changed. */
  history: undefined;
  chat: ChatLine;
  /** Lines before have become known, or marks of lines have changed: look at lines() again. */
  chatChanged: undefined;
  transfer: Transfer;
  shelf: readonly ShelfFile[];
  conductor: { node: NodeId; isSelf: boolean };
  /** This person conducts, and that one would like to: see Session.conduct(). */
  wantsToConduct: { node: NodeId };
}

export interface JoinOptions {
  /** wss://HOST/t120 */
  url: string;
  /** The ticket that the way in gave (see entry/api.ts); a new one is asked for on each reconnection. */
  ticket: () => Promise<string>;
  /** The conference's name. */
  conference: string;
  name: string;
}

export interface Session {
  readonly status: Status;
  readonly self: NodeId;
  readonly board: Board;
  readonly chat: Chat;
  readonly files: Files;
  people(): readonly Person[];
  rename(name: string): void;
  raiseHand(up: boolean): void;
  /** Asks to conduct, gives it back, or as conductor passes it on. */
  conduct(what: "take" | "release" | { passTo: NodeId }): void;
  leave(): Promise<void>;
  /** Tries again at once. */
  reconnect(): void;
  on<K extends keyof SessionEvents>(type: K, handler: (event: SessionEvents[K]) => void): () => void;
}
