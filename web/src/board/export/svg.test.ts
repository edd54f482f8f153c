import { describe, expect, test } from "vitest";
import type { BoardObject } from "../../session/api";
import { plainStyle } from "../../session/mock/drawings";
import { toSvg } from "./svg";

const placed = { page: 1, author: 0, z: 1 };
const font = { face: "sans-serif", size: 20, bold: false, italic: false, underline: true };
const area = { x: 0, y: 0, width: 100, height: 80 };
const svg = (...objects: BoardObject[]): string =>
  toSvg({ area, background: "#ffffff", objects, pictures: new Map() }, () => undefined);

describe("SVG", () => {
  test("has what somebody wrote as text, never as markup", () => {
    const wrote = `</text><script>alert("&'")</script>\u0000`;
    const out = svg({ ...placed, id: 1, kind: "text", text: wrote, at: { x: 1, y: 2 }, color: "#000000", background: "none", font });
    expect(out).not.toContain("<script");
    expect(out).toContain("&lt;/text&gt;&lt;script&gt;alert(&quot;&amp;&#39;&quot;)&lt;/script&gt;<");
  });
  test("does not let a colour or a font out of its attribute", () => {
    const evil = `#000" onload="alert(1)`;
    const out = svg(
      { ...placed, id: 1, kind: "text", text: "x", at: { x: 1, y: 2 }, color: evil, background: evil, font: { ...font, face: `a" onload="b` } },
      { ...placed, id: 2, kind: "drawing", shape: "open", style: plainStyle({ pen: evil, fill: evil }), points: [{ x: 0, y: 0 }] },
    );
    expect(out).not.toMatch(/"\s*onload="/);
  });
  test("draws about the middle of pixels, turned about its axis, dashed", () => {
    const out = svg({
      ...placed,
      id: 1,
      kind: "drawing",
      shape: "rectangle",
      style: plainStyle({ fill: "#00ff00", thickness: 2, pattern: "dashed" }),
      points: [
        { x: 30, y: 20 },
        { x: 10, y: 10 },
      ],
      rotation: { degrees: 45, axis: { x: 20, y: 15 } },
    });
    expect(out).toContain('d="M10.5 10.5L30.5 10.5L30.5 20.5L10.5 20.5Z"');
    expect(out).toContain('transform="rotate(45 20.5 15.5)"');
    expect(out).toContain('stroke-dasharray="8 6"');
    expect(out).toContain('stroke-linecap="butt"');
    expect(out).toContain('fill="#00ff00"');
  });
  test("has a crossed box for a picture that has not come", () => {
    const box = { x: 5, y: 5, width: 10, height: 10 };
    expect(svg({ ...placed, id: 1, kind: "picture", width: 3, height: 3, box, complete: false })).toContain('stroke="#999999"');
  });
});
