/** Copies and pastes: objects among boards, text and pictures with everything else. */

import type { BoardObject, Point } from "../session/api";
import type { Actions } from "./actions";
import { insertFiles } from "./insert";
import { moved } from "./model/reshape";
import { isDrawing } from "./state.svelte";
import type { Whiteboard } from "./whiteboard";

const kType = "application/x-convene-board";
const kOffset = 16;
/** Characters of a text that is pasted at most; the board takes as many octets. */
const kMostText = 16_000;
const kMostObjects = 2000;

/** What lies on the clipboard. Objects copied here are copied on the board, pictures and all. */
interface Copied {
  board: string;
  objects: BoardObject[];
}
const thisBoard = crypto.randomUUID();

export function copy(event: ClipboardEvent, board: Whiteboard, actions: Actions): boolean {
  const objects = actions
    .inOrder()
    .filter((id) => board.state.selection.has(id))
    .flatMap((id) => board.scene.get(id)?.object ?? [])
    .slice(0, kMostObjects);
  if (objects.length === 0 || !event.clipboardData) return false;
  event.preventDefault();
  const copied: Copied = { board: thisBoard, objects };
  event.clipboardData.setData(kType, JSON.stringify(copied));
  const words = objects.flatMap((object) => (object.kind === "text" ? object.text : []));
  event.clipboardData.setData("text/plain", words.join("\n"));
  return true;
}

/** The same from a menu: the browser has an event only for what is asked of it, and tells the whole document. */
export function copyByMenu(board: Whiteboard, actions: Actions): void {
  const take = (event: ClipboardEvent): void => void copy(event, board, actions);
  const allow = (event: Event): void => event.preventDefault();
  document.addEventListener("beforecopy", allow);
  document.addEventListener("copy", take);
  document.execCommand("copy");
  document.removeEventListener("copy", take);
  document.removeEventListener("beforecopy", allow);
}

export async function paste(event: ClipboardEvent, board: Whiteboard, actions: Actions): Promise<void> {
  const data = event.clipboardData;
  if (!data || board.state.readonly !== undefined) return;
  event.preventDefault();
  const own = data.getData(kType);
  if (own) return pasteObjects(own, board, actions);
  const files = [...data.files];
  if (files.length > 0) return insertFiles(files, board, board.viewer.center);
  const text = data.getData("text/plain").replace(/\r\n?/g, "\n").slice(0, kMostText);
  if (text.trim() === "") return;
  const { font, ink } = board.state;
  const at = { x: Math.round(board.viewer.center.x), y: Math.round(board.viewer.center.y) };
  const color = ink.pen === "none" ? "#1e1e1e" : ink.pen;
  const select = board.making();
  const outcome = await board.session.board.write(await board.paper(), { text, at, color, background: "none", font });
  if (board.tell(outcome) && outcome.ok) select(outcome.items);
}

async function pasteObjects(json: string, board: Whiteboard, actions: Actions): Promise<void> {
  const copied = parsed(json);
  if (!copied) return;
  const { board: model } = board.session;
  const by: Point = { x: kOffset, y: kOffset };
  const ids = copied.objects.map((object) => object.id);
  if (copied.board === thisBoard && ids.every((id) => model.object(id))) {
    // Onto another page they go where they were.
    const isSamePage = copied.objects.every((object) => object.page === board.state.page);
    return actions.duplicate(ids, isSamePage ? by : { x: 0, y: 0 });
  }
  const select = board.making();
  const made: number[] = [];
  const page = await board.paper();
  for (const object of copied.objects) {
    // A picture's octets are not on the clipboard.
    if (object.kind === "picture") continue;
    const there = moved(object, by);
    const outcome = isDrawing(there) ? await model.draw(page, there) : there.kind === "text" ? await model.write(page, there) : undefined;
    if (outcome && !board.tell(outcome)) break;
    if (outcome?.ok) made.push(...outcome.items);
  }
  select(made);
}

/** The clipboard may hold anything: what does not look like objects is none. */
function parsed(json: string): Copied | undefined {
  try {
    const value = JSON.parse(json) as Partial<Copied>;
    const objects = Array.isArray(value.objects) ? value.objects.filter(looksRight).slice(0, kMostObjects) : [];
    return objects.length > 0 ? { board: String(value.board), objects } : undefined;
  } catch {
    return undefined;
  }
}

function looksRight(object: Partial<BoardObject> | null): boolean {
  if (object?.kind === "drawing") return Array.isArray(object.points) && object.points.length > 0 && object.style !== undefined;
  if (object?.kind === "text") return typeof object.text === "string" && object.font !== undefined && object.at !== undefined;
  return object?.kind === "picture";
}
