/**
 * The pages of a PDF as pages of the board, each a picture that lies at the bottom. What reads PDF is large: it is
 * loaded with the first PDF that somebody brings, and works in a worker of its own without making code from data.
 */

import { t } from "../lib/i18n/i18n.svelte";
import { toasts } from "../lib/toast.svelte";
import type { Whiteboard } from "./whiteboard";

const kMostPages = 60;
const kMostOctets = 64 << 20;
/** Pixels of a picture for one of the page: fine enough to be enlarged a little. */
const kScale = 2;

export async function insertPdf(file: File, board: Whiteboard): Promise<void> {
  if (file.size > kMostOctets) return void toasts.show(t("board.refused.tooLarge"), { tone: "bad" });
  toasts.show(t("board.pdf.reading", { name: file.name }));
  const [{ getDocument, GlobalWorkerOptions }, { default: PdfWorker }] = await Promise.all([
    import("pdfjs-dist/build/pdf.min.mjs"),
    import("pdfjs-dist/build/pdf.worker.min.mjs?worker"),
  ]);
  const worker = new PdfWorker();
  GlobalWorkerOptions.workerPort = worker;
  const loading = getDocument({ data: await file.arrayBuffer(), isEvalSupported: false, enableXfa: false });
  try {
    const document = await loading.promise;
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
    await loading.destroy();
    worker.terminate();
  }
}

type PdfPage = Awaited<ReturnType<Awaited<ReturnType<typeof import("pdfjs-dist")["getDocument"]>["promise"]>["getPage"]>>;

/** On the page that is seen, if it is the first and there is nothing yet; otherwise on a new one. */
async function place(page: PdfPage, board: Whiteboard, isFirst: boolean): Promise<boolean> {
  const { session } = board;
  if (!isFirst || board.scene.size > 0) {
    const added = await session.board.addPage();
    if (!board.tell(added) || !added.ok) return false;
    if (added.items[0] !== undefined) board.showPage(added.items[0]);
  }
  const { width, height } = board.currentPage ?? { width: 1024, height: 768 };
  const natural = page.getViewport({ scale: 1 });
  const fit = Math.min(width / natural.width, height / natural.height);
  const viewport = page.getViewport({ scale: fit * kScale });
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.round(viewport.height));
  const on = canvas.getContext("2d", { alpha: false });
  if (!on) return false;
  on.fillStyle = "#ffffff";
  on.fillRect(0, 0, canvas.width, canvas.height);
  await page.render({ canvasContext: on, viewport }).promise;
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
  if (!blob) return false;
  const [wide, high] = [Math.round(natural.width * fit), Math.round(natural.height * fit)];
  const box = { x: Math.round((width - wide) / 2), y: Math.round((height - high) / 2), width: wide, height: high };
  const outcome = await session.board.putPicture(await board.paper(), blob, box);
  if (!board.tell(outcome) || !outcome.ok) return false;
  await session.board.stack(outcome.items, "back");
  return true;
}
