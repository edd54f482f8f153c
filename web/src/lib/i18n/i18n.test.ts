import { describe, expect, test } from "vitest";
import { de } from "./de";
import { en } from "./en";
import { fileSize, relativeTime } from "./i18n.svelte";
import type { Catalogue } from "./types";

const names = (text: Catalogue[string]): string[] =>
  [...new Set((typeof text === "string" ? text : text.one + text.other).match(/\{\w+\}/g) ?? [])].sort();

describe("the catalogues", () => {
  test.each(Object.keys(en))("%s fills in the same names in every language", (key) => {
    const english = (en as Catalogue)[key] ?? "";
    const german = (de as Catalogue)[key] ?? "";
    expect(names(german)).toEqual(names(english));
    expect(german).not.toBe("");
  });

  test("give every key to one file only", async () => {
    const parts = Object.values(import.meta.glob<Record<string, Catalogue>>("./en/*.ts", { eager: true })).flatMap((module) =>
      Object.entries(module).filter(([name]) => name !== "en").flatMap(([, part]) => Object.keys(part)),
    );
    expect(parts.length).toBe(new Set(parts).size);
    expect(parts.length).toBe(Object.keys(en).length);
  });
});

test("times are told relative to now", () => {
  expect(relativeTime(10_000, 0)).toBe("in 10 seconds");
  expect(relativeTime(0, 7_200_000)).toBe("2 hours ago");
});

test("sizes of files are told in units that people know", () => {
  expect(fileSize(1)).toBe("1 byte");
  expect(fileSize(999)).toBe("999 bytes");
  expect(fileSize(1_400_000)).toBe("1.4 MB");
});
