import { expect, test } from "vitest";
import { harmlessFileName, harmlessName } from "./harmless";

test.each([
  ["  Ada   Lovelace ", "Ada Lovelace"],
  ["Ada\u202egnp.exe", "Adagnp.exe"],
  ["line\nbreak\u0000", "linebreak"],
  ["\u200b\u2066", "somebody"],
  ["<b>Ada</b>", "<b>Ada</b>"], // shown as text; nothing to take away
])("the name %j is shown as %j", (name, shown) => {
  expect(harmlessName(name, "somebody")).toBe(shown);
});

test.each([
  ["report.pdf", "report.pdf"],
  ["../../etc/passwd", "passwd"],
  ["C:\\Windows\\notepad.exe", "notepad.exe"],
  ["photo\u202egpj.exe", "photogpj.exe"],
  ["a:b?c*.txt", "a_b_c_.txt"],
  ["..", "file"],
  ["", "file"],
  [".hidden", "hidden"],
])("the file %j is saved as %j", (name, saved) => {
  expect(harmlessFileName(name)).toBe(saved);
});
