import { expect, test } from "vitest";
import { colorName } from "./color_name";

test.each([
  ["#1e1e1e", "black"],
  ["#ffffff", "white"],
  ["#e03131", "red"],
  ["#f08c00", "orange"],
  ["#ffd43b", "yellow"],
  ["#2f9e44", "green"],
  ["#1971c2", "blue"],
  ["#9c36b5", "violet"],
  ["#868e96", "grey"],
])("%s is called %s", (color, hue) => expect(colorName(color)?.hue).toBe(hue));

test("no colour has no name", () => expect(colorName("none")).toBeUndefined());
