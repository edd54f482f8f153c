/** What the controls of the board show and change. */

import type { BoardObject, Font, ItemId, NodeId, Page, Point, Style } from "../session/api";
import type { Size, View } from "./view";

export type ToolName =
  | "select"
  | "rectangle"
  | "diamond"
  | "ellipse"
  | "arrow"
  | "line"
  | "pen"
  | "marker"
  | "text"
  | "image"
  | "eraser"
  | "hand"
  | "laser";

/** Text that is being written: a new one, or one that is there. */
export interface Editing {
  id?: ItemId;
  /** Where it belongs, whatever page is seen when it is done; 0: one that is not there yet. */
  page: ItemId;
  at: Point;
  text: string;
  font: Font;
  color: string;
}

/** How new things look. */
export const kFirstStyle: Style = {
  pen: "#1e1e1e",
  fill: "none",
  thickness: 4,
  nib: "circular",
  pattern: "solid",
  highlight: false,
};
const kFirstMarker: Style = { ...kFirstStyle, pen: "#ffd43b", thickness: 20, highlight: true };
/** Everybody has these letters or others as wide, so that text takes the same room everywhere. */
const kFirstFont: Font = { face: "Arial", size: 24, bold: false, italic: false, underline: false };

export class BoardState {
  tool = $state<ToolName>("select");
  /** The tool stays after something has been made with it. */
  keepTool = $state(false);
  /** Of pens and shapes, and of the marker, which has a colour and width of its own. */
  ink = $state.raw<Style>(kFirstStyle);
  marker = $state.raw<Style>(kFirstMarker);
  font = $state.raw<Font>(kFirstFont);

  /** The page that is looked at. */
  page = $state<ItemId>(0);
  pages = $state.raw<readonly Page[]>([]);
  /** The page that everybody is to look at, and whether this person goes along. */
  everybodysPage = $state<ItemId | undefined>();
  withEverybody = $state(true);
  /** Whose view is seen. */
  following = $state<NodeId | undefined>();

  view = $state.raw<View>({ x: 0, y: 0, scale: 1 });
  size = $state.raw<Size>({ width: 1, height: 1 });

  selection = $state.raw<ReadonlySet<ItemId>>(new Set());
  /** What the keyboard is on. */
  active = $state<ItemId | undefined>();
  editing = $state.raw<Editing | undefined>();
  /** Counts up with every change of what is on the page. */
  revision = $state(0);
  canUndo = $state(false);
  canRedo = $state(false);
  /** Why nothing may be changed: words for people. */
  readonly = $state<string | undefined>();
  /** Something is being dragged, drawn or turned: panels keep out of the way. */
  busy = $state(false);
  pressureCounts = $state(true);

  /** That of what would be made next. */
  get style(): Style {
    return this.tool === "marker" ? this.marker : this.ink;
  }
}

/** Colours that go together; the first is where one begins. */
export const kPenColors = ["#1e1e1e", "#e03131", "#f08c00", "#2f9e44", "#1971c2", "#9c36b5", "#868e96", "#ffffff"];
export const kMarkerColors = ["#ffd43b", "#8ce99a", "#74c0fc", "#faa2c1", "#ffa94d", "#b197fc"];
export const kFillColors = ["none", "#ffc9c9", "#fff3bf", "#d3f9d8", "#d0ebff", "#f3d9fa", "#e9ecef", "#ffffff"];
export const kPageColors = ["#ffffff", "#fff9db", "#ebfbee", "#e7f5ff", "#f8f0fc", "#f1f3f5", "#1e2530"];
export const kPenWidths = [2, 4, 8, 14];
export const kMarkerWidths = [12, 20, 32, 48];
export const kFontSizes = [16, 24, 36, 56];

export function isDrawing(object: BoardObject): object is BoardObject & { kind: "drawing" } {
  return object.kind === "drawing";
}
