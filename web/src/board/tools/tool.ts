/** What a tool hears of the pointer, and what it may do with the board. */

import type { Drawing, ItemId, Outcome, Point, Session } from "../../session/api";
import type { Lifted } from "../paint/lifted";
import type { Scene } from "../paint/scene";
import type { Presences } from "../presence";
import type { BoardState } from "../state.svelte";

/** A place that the pointer went through. */
export interface Sample extends Point {
  /** 0..1; 0.5 from what cannot tell. */
  pressure: number;
}

/** One event of the pointer, in coordinates of the page. */
export interface Pointer {
  at: Point;
  /** In CSS pixels from the board's upper left corner. */
  screen: Point;
  type: "mouse" | "pen" | "touch";
  /** All places since the event before; the last one is `at`. */
  samples: Sample[];
  /** Where it is likely to go next: for what is shown, never for what is sent. */
  predicted: Sample[];
  shift: boolean;
  alt: boolean;
  ctrl: boolean;
}

/** What tools work on. */
export interface Bench {
  readonly state: BoardState;
  readonly session: Session;
  readonly scene: Scene;
  readonly lifted: Lifted;
  readonly presences: Presences;
  /** Draws what moves above the page anew. */
  refresh(): void;
  /** A CSS pixel in workspace pixels. */
  readonly unit: number;
  /** The page to put something on; there may be none yet. */
  paper(): Promise<ItemId>;
  /** Draws it at once and keeps it on the screen until the page has it. Says what became of it. */
  commit(drawing: Omit<Drawing, "kind">): Promise<Outcome>;
  /** Says why something was not done. */
  tell(outcome: Outcome): boolean;
  /** A tool has made something. One that does not stay is put away at once; what it made is selected as with `making`. */
  made(done: Promise<Outcome>): Promise<void>;
  /** Something begins to be made: gives what selects it once it is there, unless its maker does something else by then. */
  making(): (items: readonly ItemId[]) => void;
  topmostAt(at: Point): ItemId | undefined;
  editText(id: ItemId): void;
  writeAt(at: Point): void;
}

export interface Tool {
  readonly cursor: string;
  down?(pointer: Pointer): void;
  move?(pointer: Pointer): void;
  up?(pointer: Pointer): void;
  /** What was begun ends here, as far as it has come; without it, it is cancelled. */
  finish?(): void;
  /** What was begun is not to happen: a second finger came down, or Escape. */
  cancel?(): void;
  /** Nothing is pressed. */
  hover?(pointer: Pointer): void;
  /** The pointer is somewhere else now. */
  leave?(): void;
  /** A second click in the same place. */
  double?(pointer: Pointer): void;
  /** What it shows above the page, in coordinates of the page. */
  paintPage?(on: CanvasRenderingContext2D): void;
  /** And in CSS pixels. */
  paintScreen?(on: CanvasRenderingContext2D): void;
}
