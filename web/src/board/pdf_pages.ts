/** The pages of a PDF as pages of the board, each a picture that lies at the bottom. */

import type { PDFPageProxy } from "pdfjs-dist";
import { t } from "../lib/i18n/i18n.svelte";
import { openPdf, pictureOf } from "../lib/pdf";
import { toasts } from "../lib/toast.svelte";
import type { Whiteboard } from "./whiteboard";

const kMostPages = 60;
const kMostOctets = 64 << 20;
/** Pixels of a picture for one of the page: fine enough to be enlarged a little. */
const kScale = 2;

export async function insertPdf(file: File, board: Whiteboard): Promise<void> {
  if (file.size > kMostOctets) return void toasts.show(t("board.refused.tooLarge"), { tone: "bad" });
  toasts.show(t("board.pdf.reading", { name: file.name }));
  const { document, close } = await openPdf(file);
  try {
    const count = Math.min(document.numPages, kMostPages);
    let placed = 0;
    for (let number = 1; number <= count; number++) {
      const page = await document.getPage(number);
      if (!(await place(page, board, number === 1))) break;
      placed++;
      page.cleanup();
    }
    if (document.numPages > kMostPages) toasts.show(t("board.pdf.cut", { count: kMostPages }));
    else if (placed > 0) toasts.show(t("board.pdf.done", { count: placed }), { tone: "good" });
  } finally {
    close();
  }
}

/** On the page that is seen, if it is the first and there is nothing yet; otherwise on a new one. */
async function place(page: PDFPageProxy, board: Whiteboard, isFirst: boolean): Promise<boolean> {
  const { session } = board;
  if (!isFirst || board.scene.size > 0) {
    const added = await session.board.addPage();
    if (!board.tell(added) || !added.ok) return false;
    if (added.items[0] !== undefined) board.showPage(added.items[0]);
  }
  const { width, height } = board.currentPage ?? { width: 1024, height: 768 };
  const natural = page.getViewport({ scale: 1 });
  const fit = Math.min(width / natural.width, height / natural.height);
  const blob = await pictureOf(page, fit * kScale);
  if (!blob) return false;
  const [wide, high] = [Math.round(natural.width * fit), Math.round(natural.height * fit)];
  const box = { x: Math.round((width - wide) / 2), y: Math.round((height - high) / 2), width: wide, height: high };
  const outcome = await session.board.putPicture(await board.paper(), blob, box);
  if (!board.tell(outcome) || !outcome.ok) return false;
  await session.board.stack(outcome.items, "back");
  return true;
}
