/** A page as a file that everybody can open. Loaded when it is first asked for. */

import type { BoardObject, ItemId, Rect } from "../../session/api";
import { paintObject } from "../paint/paint";
import type { Whiteboard } from "../whiteboard";
import { toPdf } from "./pdf";
import { toSvg } from "./svg";

/** What is exported: as on the screen, from the lowest object to the topmost. */
export interface Sheet {
  area: Rect;
  background: string;
  objects: readonly BoardObject[];
  pictures: ReadonlyMap<ItemId, ImageBitmap>;
}

/** Pixels of a PNG for one of the page, fewer where it would be too large for a canvas. */
const kScale = 2;
const kMostPixels = 64_000_000;
const kMostSide = 16_000;

export async function exportPage(kind: "png" | "svg" | "pdf", board: Whiteboard, number: number): Promise<void> {
  const sheet = await sheetOf(board);
  const blob = kind === "png" ? await toPng(sheet) : kind === "svg" ? await svgFile(sheet) : await toPdf(sheet);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = `page-${number}.${kind}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export async function sheetOf(board: Whiteboard): Promise<Sheet> {
  const { session, state, currentPage } = board;
  const objects = session.board.objectsOf(state.page);
  const pictures = await board.pictures.loaded(objects.flatMap((one) => (one.kind === "picture" ? one.id : [])));
  return { area: board.extent(), background: currentPage?.background ?? "#ffffff", objects, pictures };
}

export async function toPng(sheet: Sheet): Promise<Blob> {
  const { area } = sheet;
  const most = Math.min(Math.sqrt(kMostPixels / (area.width * area.height)), kMostSide / area.width, kMostSide / area.height);
  const scale = Math.min(kScale, most);
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(area.width * scale));
  canvas.height = Math.max(1, Math.round(area.height * scale));
  const on = canvas.getContext("2d");
  if (!on) throw new Error("no canvas");
  if (sheet.background !== "none") {
    on.fillStyle = sheet.background;
    on.fillRect(0, 0, canvas.width, canvas.height);
  }
  on.setTransform(scale, 0, 0, scale, -area.x * scale, -area.y * scale);
  for (const object of sheet.objects) paintObject(on, object, () => sheet.pictures.get(object.id));
  return blobOf(canvas);
}

async function svgFile(sheet: Sheet): Promise<Blob> {
  const urls = new Map<ItemId, string>();
  for (const [id, bitmap] of sheet.pictures) urls.set(id, await dataUrl(bitmap));
  return new Blob([toSvg(sheet, (id) => urls.get(id))], { type: "image/svg+xml" });
}

async function dataUrl(bitmap: ImageBitmap): Promise<string> {
  const canvas = document.createElement("canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
  return canvas.toDataURL("image/png");
}

function blobOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png"));
}
