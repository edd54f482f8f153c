/** Pictures that people bring along: pasted, dropped or chosen. */

import { t } from "../lib/i18n/i18n.svelte";
import { toasts } from "../lib/toast.svelte";
import type { Point } from "../session/api";
import { seen } from "./view";
import type { Whiteboard } from "./whiteboard";

/** Of what is seen, that a picture covers at most. */
const kShare = 0.7;
const kMostFiles = 20;
/** Pixels of a side of an SVG without a size, and of one that is drawn at most. */
const kUsualSide = 400;
const kMostSide = 2048;
const kOffset = 24;

/** What the dialog for files offers. */
export const kAccepted = "image/png,image/jpeg,image/gif,image/webp,image/svg+xml,image/avif,image/bmp,application/pdf";

export async function insertFiles(files: readonly File[], board: Whiteboard, about: Point): Promise<void> {
  const select = board.making();
  const made: number[] = [];
  for (const [index, file] of files.slice(0, kMostFiles).entries()) {
    if (file.type === "application/pdf" || file.name.toLowerCase().endsWith(".pdf")) {
      await insertPages(file, board);
      continue;
    }
    const at = { x: about.x + index * kOffset, y: about.y + index * kOffset };
    made.push(...(await insertPicture(file, board, at)));
  }
  select(made);
}

async function insertPages(file: File, board: Whiteboard): Promise<void> {
  try {
    const { insertPdf } = await import("./pdf_pages");
    await insertPdf(file, board);
  } catch {
    toasts.show(t("board.pictureFailed", { name: file.name }), { tone: "bad" });
  }
}

async function insertPicture(file: File, board: Whiteboard, about: Point): Promise<number[]> {
  const image = await opened(file);
  if (!image) {
    toasts.show(t("board.pictureFailed", { name: file.name }), { tone: "bad" });
    return [];
  }
  const area = seen(board.state.view, board.state.size);
  const scale = Math.min(1, (area.width * kShare) / image.width, (area.height * kShare) / image.height);
  const [width, height] = [Math.max(1, Math.round(image.width * scale)), Math.max(1, Math.round(image.height * scale))];
  const box = { x: Math.round(about.x - width / 2), y: Math.round(about.y - height / 2), width, height };
  const outcome = await board.session.board.putPicture(await board.paper(), image.blob, box);
  return board.tell(outcome) && outcome.ok ? outcome.items : [];
}

interface Opened {
  width: number;
  height: number;
  blob: Blob;
}

/**
 * As an image element sees it: scripts in an SVG do not run there, and nothing that it points to is loaded. Drawings
 * become pixels here, as not every way to pixels takes them.
 */
async function opened(file: File): Promise<Opened | undefined> {
  const url = URL.createObjectURL(file);
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const width = image.naturalWidth || kUsualSide;
    const height = image.naturalHeight || kUsualSide;
    if (file.type !== "image/svg+xml" && !file.name.toLowerCase().endsWith(".svg")) return { width, height, blob: file };
    const scale = Math.min(kMostSide / width, kMostSide / height, 2);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/png"));
    return blob ? { width, height, blob } : undefined;
  } catch {
    return undefined;
  } finally {
    URL.revokeObjectURL(url);
  }
}
