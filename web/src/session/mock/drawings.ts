/** Drawings for shows and measurements: the same ones for the same seed. */

import type { Drawing, Point, Style } from "../api";

const kColors = ["#1e1e1e", "#e03131", "#2f9e44", "#1971c2", "#f08c00", "#9c36b5"];

/** Numbers from 0 to below 1 that look like chance. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function plainStyle(change: Partial<Style> = {}): Style {
  return {
    pen: "#1e1e1e",
    fill: "none",
    thickness: 4,
    nib: "circular",
    pattern: "solid",
    highlight: false,
    ...change,
  };
}

/** A wavy line as a hand draws it. */
export function scribble(random: () => number, from: Point, length: number): Point[] {
  const points: Point[] = [];
  const turn = random() * 6;
  for (let step = 0; step < length; step++)
    points.push({
      x: Math.round(from.x + step * 4 * Math.cos(turn) + Math.sin(step / 3) * 12),
      y: Math.round(from.y + step * 4 * Math.sin(turn) + Math.cos(step / 4 + turn) * 12),
    });
  return points;
}

/** `count` drawings of all kinds, spread over `width` by `height`. */
export function crowd(count: number, width: number, height: number, seed = 1): Omit<Drawing, "kind">[] {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, index) => {
    const at = { x: Math.round(random() * width), y: Math.round(random() * height) };
    const color = kColors[index % kColors.length] ?? "#1e1e1e";
    const style = plainStyle({ pen: color, thickness: 1 + (index % 6), highlight: index % 17 === 0 });
    if (index % 3 === 0) return { shape: "open", style, points: scribble(random, at, 12 + Math.floor(random() * 40)) };
    const corner = { x: at.x + 20 + Math.round(random() * 90), y: at.y + 20 + Math.round(random() * 90) };
    const shape = index % 3 === 1 ? "rectangle" : "ellipse";
    return { shape, style: { ...style, fill: index % 5 === 0 ? "#fff3bf" : "none" }, points: [at, corner] };
  });
}
