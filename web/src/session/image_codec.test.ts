import { describe, expect, test } from "vitest";
import { encodePixels } from "./image_codec";

const pixels = (count: number, color: (index: number) => number) => {
  const out = new Uint8ClampedArray(count * 4).fill(255);
  for (let i = 0; i < count; i++) out.set([color(i) >> 16, (color(i) >> 8) & 255, color(i) & 255], i * 4);
  return out;
};

describe("pixels for the whiteboard", () => {
  test("of few colours go by a palette, exactly", () => {
    const encoded = encodePixels(pixels(6, (i) => (i % 3) * 0x102030), 3, 2);
    expect(encoded?.form).toEqual({ format: "palette", width: 3, height: 2, colors: [0, 0x102030, 0x204060] });
    expect([...(encoded?.octets ?? [])]).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test("of 256 colours still do, and of more go directly where they are few", () => {
    expect(encodePixels(pixels(1024, (i) => i % 256), 32, 32)?.form.format).toBe("palette");
    const encoded = encodePixels(pixels(1024, (i) => i % 257), 32, 32);
    expect(encoded?.form).toEqual({ format: "rgb", width: 32, height: 32 });
    expect([...(encoded?.octets.subarray(768, 774) ?? [])]).toEqual([0, 1, 0, 0, 0, 0]);
  });

  test("are left to JPEG where they are many and colourful", () => {
    expect(encodePixels(pixels(200 * 200, (i) => i), 200, 200)).toBeUndefined();
  });
});
