/** What people call a colour, near enough to tell things apart by ear. */

export type Hue = "black" | "white" | "grey" | "red" | "orange" | "yellow" | "green" | "cyan" | "blue" | "violet" | "pink" | "brown";

const kHues: [until: number, hue: Hue][] = [
  [15, "red"],
  [42, "orange"],
  [68, "yellow"],
  [165, "green"],
  [195, "cyan"],
  [255, "blue"],
  [295, "violet"],
  [340, "pink"],
  [360, "red"],
];

/** Nothing for "none". */
export function colorName(color: string): { hue: Hue; isLight: boolean } | undefined {
  const hex = /^#([0-9a-f]{6})$/i.exec(color)?.[1];
  if (!hex) return undefined;
  const [r = 0, g = 0, b = 0] = [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16) / 255);
  const [most, least] = [Math.max(r, g, b), Math.min(r, g, b)];
  const light = (most + least) / 2;
  const spread = most - least;
  if (light < 0.14) return { hue: "black", isLight: false };
  if (light > 0.97) return { hue: "white", isLight: false };
  if (spread < 0.1) return { hue: "grey", isLight: light > 0.75 };
  const sector = most === r ? ((g - b) / spread + 6) % 6 : most === g ? (b - r) / spread + 2 : (r - g) / spread + 4;
  const angle = sector * 60;
  const hue = kHues.find(([until]) => angle < until)?.[1] ?? "red";
  if (hue === "orange" && light < 0.35) return { hue: "brown", isLight: false };
  return { hue, isLight: light > 0.78 };
}
