/**
 * Pages of PDF as pictures. What reads PDF is large: it is loaded with the first one, and works in a worker of its own,
 * one for each document, without making code from data.
 */
import type { PDFDocumentProxy, PDFPageProxy } from "pdfjs-dist";

/** An open document; close() ends its worker, and whatever that is busy with. */
export interface Pdf {
  document: PDFDocumentProxy;
  close(): void;
}

/** Rejects what is no PDF, and what does not say within `patience` milliseconds that it is one. */
export async function openPdf(content: Blob, patience = 60_000): Promise<Pdf> {
  const [{ getDocument, PDFWorker }, { default: PdfWorker }, data] = await Promise.all([
    import("pdfjs-dist/build/pdf.min.mjs"),
    import("pdfjs-dist/build/pdf.worker.min.mjs?worker"),
    content.arrayBuffer(),
  ]);
  const worker = new PdfWorker();
  const loading = getDocument({ data, worker: PDFWorker.fromPort({ port: worker }), isEvalSupported: false, enableXfa: false });
  const close = (): void => {
    void loading.destroy().catch(() => undefined);
    worker.terminate();
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<never>((_, reject) => (timer = setTimeout(() => reject(new Error("the PDF takes too long")), patience)));
  try {
    return { document: await Promise.race([loading.promise, tooLong]), close };
  } catch (error) {
    close();
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** A page on white, `scale` pixels to one of its units of 1/72 inch. */
export async function pictureOf(page: PDFPageProxy, scale: number): Promise<Blob | undefined> {
  const viewport = page.getViewport({ scale });
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(viewport.width));
  canvas.height = Math.max(1, Math.round(viewport.height));
  const on = canvas.getContext("2d", { alpha: false });
  if (!on) return undefined;
  on.fillStyle = "#ffffff";
  on.fillRect(0, 0, canvas.width, canvas.height);
  await page.render({ canvasContext: on, viewport }).promise;
  return (await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"))) ?? undefined;
}
