/**
 * What may be shown of a file that somebody sent. Pictures only, and only in an <img>, where nothing in them runs, not
 * even in an SVG; everything else is a download.
 */
const PICTURE = /\.(png|jpe?g|gif|webp|avif|bmp|svg)$/i;
const LARGEST = 20_000_000; // octets of a picture that is decoded just to be looked at

export const isPreviewable = (name: string, size: number | undefined): boolean =>
  PICTURE.test(name) && size !== undefined && size <= LARGEST;
