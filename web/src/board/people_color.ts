/** White text on each has a contrast of at least 4.5:1, and each is seen on white paper and on a dark desk. */
const kColors = [
  "#1864ab",
  "#a61e4d",
  "#2b6e2f",
  "#862e9c",
  "#c2410c",
  "#0b6e75",
  "#5f3dc4",
  "#9c4221",
  "#0c5c8f",
  "#7a1f66",
  "#4b6b0e",
  "#b3261e",
] as const;

/** The same for a name wherever it is shown, also after somebody has come back. */
export function colorOf(name: string): string {
  let hash = 0x811c9dc5;
  for (const letter of name) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return kColors[hash % kColors.length] ?? kColors[0];
}
