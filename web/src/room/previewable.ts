/** What is shown of a file that somebody sent: pictures made of pixels, and PDF. All else is a download, an SVG with its scripts too. */
const PICTURE = /\.(png|jpe?g|gif|webp)$/i;
const PDF = /\.pdf$/i;
const LARGEST = 20_000_000; // octets of what is decoded just to be looked at

export function previewOf(name: string, size: number | undefined): "picture" | "pdf" | undefined {
  if (size === undefined || size > LARGEST) return undefined;
  return PICTURE.test(name) ? "picture" : PDF.test(name) ? "pdf" : undefined;
}
