/** The first page of a PDF that somebody sent, as a picture. One at a time, and each once. */
import { openPdf, pictureOf } from "../lib/pdf";

const SIDE = 1200; // pixels of the longer one: sharp in a dialog
const PATIENCE = 10_000; // milliseconds; what takes longer was made to

const made = new WeakMap<Blob, Promise<Blob | undefined>>();
let last: Promise<unknown> = Promise.resolve();

/** Undefined: it cannot be shown. */
export function firstPage(pdf: Blob): Promise<Blob | undefined> {
  const known = made.get(pdf);
  if (known) return known;
  const picture = last.then(() => paint(pdf)).catch(() => undefined);
  made.set(pdf, picture);
  last = picture;
  return picture;
}

async function paint(content: Blob): Promise<Blob | undefined> {
  const pdf = await openPdf(content, PATIENCE);
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<undefined>((done) => (timer = setTimeout(() => done(undefined), PATIENCE)));
  const painted = pdf.document.getPage(1).then((page) => {
    const { width, height } = page.getViewport({ scale: 1 });
    return pictureOf(page, SIDE / Math.max(width, height));
  });
  try {
    return await Promise.race([painted, tooLong]);
  } finally {
    clearTimeout(timer);
    pdf.close();
  }
}
