import { describe, expect, test } from "vitest";
import type { BoardObject, Page } from "./api";
import { BoardMirror } from "./board_mirror";

const page = (id: number): Page => ({ id, width: 1024, height: 768, background: "#ffffff" });
const text = (id: number, on: number, z: number): BoardObject => ({
  kind: "text",
  id,
  page: on,
  author: 0,
  z,
  text: String(id),
  at: { x: 0, y: 0 },
  color: "#000000",
  background: "none",
  font: { face: "", size: 16, bold: false, italic: false, underline: false },
});
const ids = (mirror: BoardMirror, on: number) => mirror.objectsOf(on).map((object) => object.id);

describe("the mirror of a board", () => {
  test("lists objects from the lowest to the topmost, equal ones by their numbers", () => {
    const mirror = new BoardMirror();
    mirror.apply([
      { kind: "pages", pages: [page(1)] },
      { kind: "set", object: text(7, 1, 5) },
      { kind: "set", object: text(3, 1, 5) },
      { kind: "set", object: text(9, 1, -2) },
    ]);
    expect(ids(mirror, 1)).toEqual([9, 3, 7]);
    mirror.apply([{ kind: "set", object: text(9, 1, 8) }]);
    expect(ids(mirror, 1)).toEqual([3, 7, 9]);
    mirror.apply([{ kind: "gone", object: 7, page: 1 }]);
    expect(ids(mirror, 1)).toEqual([3, 9]);
    expect(mirror.object(7)).toBeUndefined();
  });

  test("gives the same list until something of the page changes", () => {
    const mirror = new BoardMirror();
    mirror.apply([{ kind: "pages", pages: [page(1), page(2)] }, { kind: "set", object: text(3, 1, 1) }]);
    const list = mirror.objectsOf(1);
    mirror.apply([{ kind: "set", object: text(4, 2, 1) }]);
    expect(mirror.objectsOf(1)).toBe(list);
    mirror.apply([{ kind: "set", object: text(5, 1, 2) }]);
    expect(mirror.objectsOf(1)).not.toBe(list);
  });

  test("forgets a page with all that is on it", () => {
    const mirror = new BoardMirror();
    mirror.apply([{ kind: "pages", pages: [page(1), page(2)] }, { kind: "set", object: text(3, 1, 1) }]);
    const told = mirror.apply([{ kind: "pages", pages: [page(2)] }, { kind: "turned", page: 2 }]);
    expect(told).toEqual([{ kind: "pages" }, { kind: "turned", page: 2 }]);
    expect(mirror.object(3)).toBeUndefined();
    expect(mirror.currentPage()).toBe(2);
    mirror.apply([{ kind: "pages", pages: [] }, { kind: "turned", page: 0 }]);
    expect(mirror.currentPage()).toBeUndefined();
  });

  test("follows an object to another page", () => {
    const mirror = new BoardMirror();
    mirror.apply([{ kind: "pages", pages: [page(1), page(2)] }, { kind: "set", object: text(3, 1, 1) }]);
    mirror.apply([{ kind: "set", object: text(3, 2, 1) }]);
    expect(ids(mirror, 1)).toEqual([]);
    expect(ids(mirror, 2)).toEqual([3]);
  });
});
