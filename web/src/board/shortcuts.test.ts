import { describe, expect, test } from "vitest";
import { kShortcuts, shortcutOf } from "./shortcuts";

const key = (key: string, held: Partial<KeyboardEvent> = {}) =>
  shortcutOf({ key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held })?.command;

describe("shortcuts", () => {
  test("have each key once", () => {
    const keys = kShortcuts.flatMap((group) => group.shortcuts).flatMap((one) => one.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
  test("are the letters and digits that people know", () => {
    expect(key("r")).toEqual({ do: "tool", tool: "rectangle" });
    expect(key("2")).toEqual({ do: "tool", tool: "rectangle" });
    expect(key("z", { ctrlKey: true })).toEqual({ do: "undo" });
    expect(key("z", { metaKey: true })).toEqual({ do: "undo" });
    expect(key("Z", { ctrlKey: true, shiftKey: true })).toEqual({ do: "redo" });
  });
  test("leave letters with other modifiers to others", () => {
    expect(key("r", { ctrlKey: true })).toBeUndefined();
    expect(key("p", { altKey: true })).toBeUndefined();
  });
  test("do not depend on what Shift makes of digits", () => {
    expect(key("!", { shiftKey: true, code: "Digit1" })).toEqual({ do: "fit" });
    expect(key('"', { shiftKey: true, code: "Digit2" })).toEqual({ do: "fitSelection" });
    expect(key("?", { shiftKey: true, code: "Minus" })).toEqual({ do: "sheet" });
    expect(key("=", { ctrlKey: true })).toEqual({ do: "zoomIn" });
  });
});
