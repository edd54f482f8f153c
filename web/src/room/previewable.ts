/** What is shown of a file that somebody sent: pictures made of pixels. All else is a download, an SVG with its scripts too. */
const PICTURE = /\.(png|jpe?g|gif|webp)$/i;
const LARGEST = 20_000_000; // octets of a picture that is decoded just to be looked at

export const isPreviewable = (name: string, size: number | undefined): boolean =>
  PICTURE.test(name) && size !== undefined && size <= LARGEST;
