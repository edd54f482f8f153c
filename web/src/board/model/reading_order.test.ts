import { describe, expect, test } from "vitest";
import { inReadingOrder } from "./reading_order";

const thing = (name: string, x: number, y: number, width = 40, height = 20) => ({ name, x, y, width, height });
const order = (...things: ReturnType<typeof thing>[]): string => inReadingOrder(things, (one) => one).map((one) => one.name).join("");

describe("reading order", () => {
  test("goes line by line, each from the left", () => {
    expect(order(thing("d", 100, 104), thing("b", 100, 5), thing("a", 0, 10), thing("c", 0, 100))).toBe("abcd");
  });
  test("does not mind lines that are not quite straight", () => {
    expect(order(thing("a", 0, 12), thing("b", 60, 6), thing("c", 120, 14), thing("d", 0, 60))).toBe("abcd");
  });
  test("reads something tall beside lines apart from them", () => {
    expect(order(thing("a", 0, 0), thing("t", 50, 4, 10, 300), thing("b", 100, 2), thing("c", 0, 40))).toBe("abct");
  });
  test("has everything once", () => {
    const many = Array.from({ length: 300 }, (_, index) => thing(`${index},`, (index * 37) % 900, (index * 53) % 700, 30, 10 + (index % 90)));
    expect(order(...many).split(",").filter(Boolean).sort()).toEqual(many.map((one) => one.name.slice(0, -1)).sort());
  });
});
