import type { Rect } from "../../session/api";

/**
 * In which order a person would read things: line by line from above, each line from the left. Things are on one line
 * when the middle of one is within the height of the one that begins it.
 */
export function inReadingOrder<T>(things: readonly T[], boxOf: (thing: T) => Rect): T[] {
  const rest = things.map((thing) => ({ thing, box: boxOf(thing) }));
  rest.sort((a, b) => a.box.y - b.box.y || a.box.x - b.box.x);
  const ordered: T[] = [];
  while (rest.length > 0) {
    const [first] = rest;
    if (!first) break;
    const bottom = first.box.y + first.box.height;
    const line: typeof rest = [];
    const below: typeof rest = [];
    for (const one of rest) {
      const isOnLine = one === first || one.box.y + one.box.height / 2 < bottom;
      // Something tall beside a line is not read in the middle of it.
      (isOnLine && one.box.height <= 2 * Math.max(first.box.height, 1) ? line : below).push(one);
    }
    line.sort((a, b) => a.box.x - b.box.x || a.box.y - b.box.y);
    ordered.push(...line.map((one) => one.thing));
    rest.splice(0, rest.length, ...below);
  }
  return ordered;
}
