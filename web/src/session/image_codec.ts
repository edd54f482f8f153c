/** Pictures between a browser, which has bitmaps, and the whiteboard, which has the formats of T.126. */

import type { PictureForm } from "./messages";
import type { ShownPicture } from "./wasm";

/** Pixels of the longer side; larger pictures are made smaller. */
const kMostSide = 4096;
/** Up to so many pixels, a picture of few colours stays as it is, octet by octet. */
const kMostExactPixels = 1 << 20;
/** Up to so many, any picture does. */
const kMostDirectPixels = 1 << 14;
const kMostColors = 256;
const kJpegQuality = 0.9;

export interface EncodedPicture {
  form: PictureForm;
  octets: Uint8Array<ArrayBuffer>;
}

/** Draws it on white, as T.126 has no translucent pixels, and no larger than is sent. */
export function flatten(image: ImageBitmap): OffscreenCanvas {
  const scale = Math.min(1, kMostSide / Math.max(image.width, image.height, 1));
  const canvas = new OffscreenCanvas(Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale)));
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("this browser cannot draw");
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  return canvas;
}

/** Exactly where that is small, as drawings and screenshots are; as JPEG otherwise. */
export async function encodePicture(canvas: OffscreenCanvas): Promise<EncodedPicture> {
  const { width, height } = canvas;
  if (width * height <= kMostExactPixels) {
    const pixels = canvas.getContext("2d")?.getImageData(0, 0, width, height).data;
    const exact = pixels && encodePixels(pixels, width, height);
    if (exact) return exact;
  }
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: kJpegQuality });
  return { form: { format: "jpeg", width, height }, octets: new Uint8Array(await blob.arrayBuffer()) };
}

/** Of opaque pixels, four octets each: by a palette, or directly when there are few; nothing otherwise. */
export function encodePixels(pixels: Uint8ClampedArray, width: number, height: number): EncodedPicture | undefined {
  const indices = new Uint8Array(width * height);
  const palette = new Map<number, number>();
  let isExact = true;
  for (let i = 0; i < indices.length && isExact; i++) {
    const color = colorAt(pixels, i);
    const index = palette.get(color) ?? palette.size;
    if (index === palette.size) palette.set(color, index);
    isExact = palette.size <= kMostColors;
    indices[i] = index;
  }
  if (isExact) return { form: { format: "palette", width, height, colors: [...palette.keys()] }, octets: indices };
  if (width * height > kMostDirectPixels) return undefined;
  const octets = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) octets.set(pixels.subarray(i * 4, i * 4 + 3), i * 3);
  return { form: { format: "rgb", width, height }, octets };
}

function colorAt(pixels: Uint8ClampedArray, index: number): number {
  const at = index * 4;
  return ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
}

export function toBitmap(picture: ShownPicture): Promise<ImageBitmap> {
  if (picture.kind === "jpeg") return createImageBitmap(new Blob([picture.octets], { type: "image/jpeg" }));
  const pixels = new Uint8ClampedArray(picture.octets.buffer, picture.octets.byteOffset, picture.octets.byteLength);
  return createImageBitmap(new ImageData(pixels, picture.width, picture.height));
}

/** On the page's thread, as workers know no SVG. Scripts within one do not run. */
export async function decodeImage(image: Blob): Promise<ImageBitmap> {
  if (image.type !== "image/svg+xml") return createImageBitmap(image);
  const url = URL.createObjectURL(image);
  try {
    const element = new Image();
    element.src = url;
    await element.decode();
    // One without a size of its own has none that a bitmap could take over.
    const size = { resizeWidth: element.naturalWidth || 512, resizeHeight: element.naturalHeight || 512 };
    return await createImageBitmap(element, size);
  } finally {
    URL.revokeObjectURL(url);
  }
}
