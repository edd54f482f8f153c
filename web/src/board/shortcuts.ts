/** The one table of keys: what acts, and what the sheet shows. */

import type { PlainKey } from "../lib/i18n/i18n.svelte";
import type { ToolName } from "./state.svelte";

export type Command =
  | { do: "tool"; tool: ToolName }
  | { do: "keepTool" | "undo" | "redo" | "delete" | "duplicate" | "selectAll" | "cancel" | "enter" | "menu" | "sheet" }
  | { do: "copy" | "cut" | "paste" | "bold" | "italic" | "underline" }
  | { do: "zoomIn" | "zoomOut" | "zoomReset" | "fit" | "fitSelection" }
  | { do: "stack"; where: "front" | "back" | "forward" | "backward" }
  | { do: "move" | "resize"; x: number; y: number }
  | { do: "page"; by: 1 | -1 }
  | { do: "next" | "previous" };

export interface Shortcut {
  /** Modifiers in this order: Ctrl, Alt, Shift; then the key as KeyboardEvent has it, letters in capitals. */
  keys: string[];
  /** Absent: shown nowhere, as another row tells of it. */
  label?: PlainKey;
  /** What the sheet shows instead of `keys`. */
  shown?: string[];
  /** Absent: the row only tells. */
  command?: Command;
  /** May be done by those who only look. */
  looks?: true;
  /** The browser does it, by the events of its clipboard. */
  native?: true;
}
export interface ShortcutGroup {
  label: PlainKey;
  shortcuts: Shortcut[];
}

const tool = (name: ToolName, keys: string[], looks?: true): Shortcut => ({
  keys,
  label: `board.tool.${name}`,
  command: { do: "tool", tool: name },
  ...(looks && { looks }),
});

const arrows = (prefix: string, what: "move" | "resize", step: number): Shortcut[] => [
  { keys: [`${prefix}ArrowLeft`], command: { do: what, x: -step, y: 0 } },
  { keys: [`${prefix}ArrowRight`], command: { do: what, x: step, y: 0 } },
  { keys: [`${prefix}ArrowUp`], command: { do: what, x: 0, y: -step } },
  { keys: [`${prefix}ArrowDown`], command: { do: what, x: 0, y: step } },
];

/** A few pixels, and many. */
export const kNudge = 1;
export const kLargeNudge = 10;

export const kShortcuts: ShortcutGroup[] = [
  {
    label: "board.keys.tools",
    shortcuts: [
      tool("select", ["V", "1"], true),
      tool("rectangle", ["R", "2"]),
      tool("diamond", ["D", "3"]),
      tool("ellipse", ["O", "4"]),
      tool("arrow", ["A", "5"]),
      tool("line", ["L", "6"]),
      tool("pen", ["P", "7"]),
      tool("marker", ["M", "Shift+P"]),
      tool("text", ["T", "8"]),
      tool("image", ["9"]),
      tool("eraser", ["E", "0"]),
      tool("hand", ["H"], true),
      tool("laser", ["K"], true),
      { keys: ["Q"], label: "board.keepTool", command: { do: "keepTool" } },
    ],
  },
  {
    label: "board.keys.edit",
    shortcuts: [
      { keys: ["Ctrl+Z"], label: "board.undo", command: { do: "undo" } },
      { keys: ["Ctrl+Shift+Z", "Ctrl+Y"], label: "board.redo", command: { do: "redo" } },
      { keys: ["Ctrl+C"], label: "board.copy", command: { do: "copy" }, looks: true, native: true },
      { keys: ["Ctrl+X"], label: "board.cut", command: { do: "cut" }, native: true },
      { keys: ["Ctrl+V"], label: "board.paste", command: { do: "paste" }, native: true },
      { keys: ["Ctrl+D"], label: "board.duplicate", command: { do: "duplicate" } },
      { keys: ["Ctrl+A"], label: "board.selectAll", command: { do: "selectAll" }, looks: true },
      { keys: ["Delete", "Backspace"], label: "board.delete", command: { do: "delete" } },
      { keys: ["Ctrl+]"], label: "board.forward", command: { do: "stack", where: "forward" } },
      { keys: ["Ctrl+["], label: "board.backward", command: { do: "stack", where: "backward" } },
      { keys: ["Ctrl+Shift+]", "Ctrl+Shift+}"], shown: ["Ctrl+Shift+]"], label: "board.toFront", command: { do: "stack", where: "front" } },
      { keys: ["Ctrl+Shift+[", "Ctrl+Shift+{"], shown: ["Ctrl+Shift+["], label: "board.toBack", command: { do: "stack", where: "back" } },
      { keys: ["Ctrl+B"], label: "board.bold", command: { do: "bold" } },
      { keys: ["Ctrl+I"], label: "board.italic", command: { do: "italic" } },
      { keys: ["Ctrl+U"], label: "board.underline", command: { do: "underline" } },
    ],
  },
  {
    label: "board.keys.view",
    shortcuts: [
      { keys: [" "], shown: ["Space"], label: "board.keys.pan", command: { do: "tool", tool: "hand" }, looks: true },
      { keys: ["Ctrl++", "Ctrl+=", "Ctrl+Shift++"], shown: ["Ctrl++"], label: "board.zoomIn", command: { do: "zoomIn" }, looks: true },
      { keys: ["Ctrl+-"], label: "board.zoomOut", command: { do: "zoomOut" }, looks: true },
      { keys: ["Ctrl+0"], label: "board.zoomReset", command: { do: "zoomReset" }, looks: true },
      { keys: ["Shift+1"], label: "board.fit", command: { do: "fit" }, looks: true },
      { keys: ["Shift+2"], label: "board.fitSelection", command: { do: "fitSelection" }, looks: true },
      { keys: ["PageUp"], label: "board.pages.previous", command: { do: "page", by: -1 }, looks: true },
      { keys: ["PageDown"], label: "board.pages.next", command: { do: "page", by: 1 }, looks: true },
      { keys: ["?", "Shift+?"], shown: ["?"], label: "board.keys.title", command: { do: "sheet" }, looks: true },
    ],
  },
  {
    label: "board.keys.keyboard",
    shortcuts: [
      { keys: ["Enter"], label: "board.keys.enter", command: { do: "enter" } },
      { keys: ["Tab"], label: "board.keys.next", command: { do: "next" }, looks: true },
      { keys: ["Shift+Tab"], label: "board.keys.previous", command: { do: "previous" }, looks: true },
      { keys: [], shown: ["← → ↑ ↓"], label: "board.keys.move" },
      { keys: [], shown: ["Shift+← → ↑ ↓"], label: "board.keys.moveFar" },
      { keys: [], shown: ["Alt+← → ↑ ↓"], label: "board.keys.resize" },
      { keys: ["Shift+F10", "ContextMenu"], shown: ["Shift+F10"], label: "board.keys.menu", command: { do: "menu" }, looks: true },
      { keys: ["Escape"], label: "board.keys.cancel", command: { do: "cancel" }, looks: true },
      ...arrows("", "move", kNudge),
      ...arrows("Shift+", "move", kLargeNudge),
      ...arrows("Alt+", "resize", kNudge),
      ...arrows("Alt+Shift+", "resize", kLargeNudge),
    ],
  },
];

const byKey = new Map(kShortcuts.flatMap((group) => group.shortcuts).flatMap((one) => one.keys.map((key) => [key, one])));

/** What a key means on the board; nothing where the browser or somebody else is meant. */
export function shortcutOf(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "code">): Shortcut | undefined {
  const ctrl = event.ctrlKey || event.metaKey ? "Ctrl+" : "";
  const alt = event.altKey ? "Alt+" : "";
  const shift = event.shiftKey ? "Shift+" : "";
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const found = byKey.get(`${ctrl}${alt}${shift}${key}`);
  if (found) return found;
  // With Shift a digit is some other sign, which depends on the keyboard.
  const digit = /^Digit(\d)$/.exec(event.code)?.[1];
  if (digit && shift && !alt) return byKey.get(`${ctrl}${shift}${digit}`);
  // A sign that needs Shift on some keyboards and not on others.
  return event.key.length === 1 && shift && !/[a-z0-9]/i.test(key) ? byKey.get(`${ctrl}${alt}${key}`) : undefined;
}

/** The first key of a tool or command, for tooltips. */
export function keyOf(label: PlainKey): string | undefined {
  const one = kShortcuts.flatMap((group) => group.shortcuts).find((shortcut) => shortcut.label === label);
  return one && (one.shown ?? one.keys)[0];
}
