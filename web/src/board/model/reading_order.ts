import type { Rect } from "../../session/api";

/**
 * In which order a person would read things: line by line from above, each line from the left. Things are on one line
 * when each has the other's middle beside it; so something tall does not make one line of all that it reaches along.
 */
export function inReadingOrder<T>(things: readonly T[], boxOf: (thing: T) => Rect): T[] {
  let rest = things.map((thing) => {
    const box = boxOf(thing);
    return { thing, left: box.x, top: box.y, middle: box.y + box.height / 2, bottom: box.y + box.height };
  });
  rest.sort((a, b) => a.middle - b.middle || a.left - b.left);
  const ordered: T[] = [];
  while (rest.length > 0) {
    const [first] = rest;
    if (!first) break;
    const isBeside = (one: typeof first): boolean => one === first || (one.middle < first.bottom && one.top <= first.middle);
    const line = rest.filter(isBeside);
    rest = rest.filter((one) => !isBeside(one));
    line.sort((a, b) => a.left - b.left || a.top - b.top);
    ordered.push(...line.map((one) => one.thing));
  }
  return ordered;
}
