/** What keys, menus and buttons do with the board. */

import type { Font, ItemId, Point, Style, StyleChange } from "../session/api";
import { inReadingOrder } from "./model/reading_order";
import { reshaped, moved } from "./model/reshape";
import { wholeBox } from "./model/geometry";
import type { LiftedGroup } from "./paint/lifted";
import { measure } from "./paint/measure";
import { isDrawing } from "./state.svelte";
import { type ShapeName, ShapeTool } from "./tools/shape";
import { nextStop, zoomed } from "./view";
import type { Whiteboard } from "./whiteboard";

/** After so many milliseconds without another key, what was moved or resized by keys is one action. */
const kNudgeMs = 350;
const kCopyOffset = 16;

/** A run of arrow keys. */
interface Nudge {
  ids: ItemId[];
  group: LiftedGroup;
  by: Point;
  grow: Point;
  timer: ReturnType<typeof setTimeout>;
}

export class Actions {
  private nudge: Nudge | undefined;

  constructor(private readonly board: Whiteboard) {}

  private get state(): Whiteboard["state"] {
    return this.board.state;
  }
  get selected(): ItemId[] {
    return [...this.state.selection].filter((id) => this.board.scene.get(id));
  }

  async undo(): Promise<void> {
    await this.finishNudge();
    if (this.state.canUndo) this.board.tell(await this.board.session.board.undo());
  }
  async redo(): Promise<void> {
    await this.finishNudge();
    if (this.state.canRedo) this.board.tell(await this.board.session.board.redo());
  }

  async delete(): Promise<void> {
    await this.finishNudge();
    const ids = this.selected;
    if (ids.length > 0) this.board.tell(await this.board.session.board.erase(ids));
  }

  async duplicate(ids = this.selected, by: Point = { x: kCopyOffset, y: kCopyOffset }): Promise<void> {
    await this.finishNudge();
    if (ids.length === 0) return;
    const select = this.board.making();
    const outcome = await this.board.session.board.duplicate(ids, this.state.page, by);
    if (this.board.tell(outcome) && outcome.ok) select(outcome.items);
  }

  selectAll(): void {
    this.state.selection = new Set([...this.board.scene.all()].map((item) => item.object.id));
    this.board.refresh();
  }

  async stack(where: "front" | "back" | "forward" | "backward"): Promise<void> {
    await this.finishNudge();
    const ids = this.selected;
    if (ids.length > 0) this.board.tell(await this.board.session.board.stack(ids, where));
  }

  /** Of what is selected; otherwise, and as well, of what comes next. */
  async restyle(change: StyleChange): Promise<void> {
    const { state } = this;
    const objects = this.selected.flatMap((id) => this.board.scene.get(id)?.object ?? []);
    const isMarker = objects.length > 0 ? objects.every((one) => isDrawing(one) && one.style.highlight) : state.tool === "marker";
    if (change.highlight === undefined) {
      if (isMarker) state.marker = { ...state.marker, ...change };
      else state.ink = { ...state.ink, ...change };
    }
    if (objects.length === 0) return;
    await this.finishNudge();
    this.board.tell(await this.board.session.board.restyle(objects.map((one) => one.id), change));
  }

  async setFont(change: Partial<Font>): Promise<void> {
    const { state } = this;
    state.font = { ...state.font, ...change };
    if (state.editing) state.editing = { ...state.editing, font: { ...state.editing.font, ...change } };
    for (const id of this.selected) {
      if (this.board.scene.get(id)?.object.kind !== "text") continue;
      this.board.tell(await this.board.session.board.setFont(id, change));
    }
  }
  async toggleFont(what: "bold" | "italic" | "underline"): Promise<void> {
    const text = this.selected.flatMap((id) => this.board.scene.get(id)?.object ?? []).find((one) => one.kind === "text");
    const font = this.state.editing?.font ?? text?.font ?? this.state.font;
    await this.setFont({ [what]: !font[what] });
  }

  zoomStep(direction: 1 | -1): void {
    const { view } = this.state;
    this.zoomTo(nextStop(view.scale, direction));
  }
  zoomTo(scale: number): void {
    const { view, size } = this.state;
    this.board.viewer.look(zoomed(view, scale, { x: size.width / 2, y: size.height / 2 }));
  }

  // --- by keys alone ---

  /** Puts something of a usual size into the middle of what is seen, and says what it has become. */
  async create(): Promise<ItemId | undefined> {
    const { board } = this;
    const { tool } = this.state;
    switch (tool) {
      case "rectangle":
      case "diamond":
      case "ellipse":
      case "arrow":
      case "line":
        return this.put(tool, this.state.ink);
      case "pen":
      case "marker":
        return this.put("line", this.state.style);
      case "text":
        board.writeAt({ x: board.viewer.center.x - 60 * board.unit, y: board.viewer.center.y });
        return undefined;
      case "eraser":
        await this.delete();
        return undefined;
      default:
        return undefined;
    }
  }

  private async put(shape: ShapeName, style: Style): Promise<ItemId | undefined> {
    const { board } = this;
    const select = board.making();
    const outcome = await board.commit(ShapeTool.usual(shape, board.viewer.center, style, board.unit));
    if (!outcome.ok) return undefined;
    select(outcome.items);
    return outcome.items.at(-1);
  }

  /** To the object before or after in reading order; says whether there is one. */
  step(direction: 1 | -1): boolean {
    const items = this.inOrder();
    const at = items.findIndex((id) => id === this.state.active);
    const next = items[at < 0 ? (direction > 0 ? 0 : items.length - 1) : at + direction];
    if (next === undefined) return false;
    this.activate(next);
    return true;
  }

  activate(id: ItemId): void {
    const item = this.board.scene.get(id);
    if (!item) return;
    this.state.active = id;
    this.state.selection = new Set([id]);
    this.board.viewer.reveal(item.ink);
    this.board.refresh();
  }

  /** All objects of the page, as one would read them. */
  inOrder(): ItemId[] {
    return inReadingOrder([...this.board.scene.all()], (item) => item.frame).map((item) => item.object.id);
  }

  /** By arrow keys: shown at once, done when they rest. */
  push(what: "move" | "resize", x: number, y: number): void {
    const ids = this.selected;
    if (ids.length === 0) return;
    const { lifted, scene } = this.board;
    this.nudge ??= { ids, group: lifted.lift(scene, ids), by: { x: 0, y: 0 }, grow: { x: 0, y: 0 }, timer: setTimeout(() => 0) };
    const { nudge } = this;
    const sum = what === "move" ? nudge.by : nudge.grow;
    sum.x += x;
    sum.y += y;
    clearTimeout(nudge.timer);
    nudge.timer = setTimeout(() => void this.finishNudge(), kNudgeMs);
    if (nudge.grow.x === 0 && nudge.grow.y === 0) return lifted.moveTo(nudge.group, nudge.by);
    lifted.change(nudge.group, new Map(this.grown(nudge).map((change) => [change.id, change.object])));
  }

  async finishNudge(): Promise<void> {
    const { nudge } = this;
    if (!nudge) return;
    clearTimeout(nudge.timer);
    this.nudge = undefined;
    const { board } = this.board.session;
    const isMove = nudge.grow.x === 0 && nudge.grow.y === 0;
    const changes = this.grown(nudge).map(({ id, box }) => ({ id, box }));
    this.board.tell(isMove ? await board.move(nudge.ids, nudge.by) : await board.transform(changes));
    this.board.lifted.drop(nudge.group, this.board.scene);
  }

  private grown(nudge: Nudge): { id: ItemId; box: ReturnType<typeof wholeBox>; object: ReturnType<typeof reshaped> }[] {
    return nudge.group.items.map(({ object, frame }) => {
      const wide = Math.max(1, frame.width + nudge.grow.x);
      const high = Math.max(1, frame.height + nudge.grow.y);
      // Letters have one size: whichever key was pressed changes it.
      const scale = object.kind === "text" ? Math.max(0.1, 1 + (nudge.grow.x / Math.max(frame.width, 1)) + (nudge.grow.y / Math.max(frame.height, 1))) : 1;
      const [width, height] = object.kind === "text" ? [frame.width * scale, frame.height * scale] : [wide, high];
      const keepFlat = (old: number, size: number): number => (old === 0 && object.kind === "drawing" && object.points.length < 3 && size <= 1 ? 0 : size);
      const box = wholeBox({
        x: frame.x + nudge.by.x,
        y: frame.y + nudge.by.y,
        width: keepFlat(frame.width, width),
        height: keepFlat(frame.height, height),
      });
      return { id: object.id, box, object: nudge.grow.x || nudge.grow.y ? reshaped(object, box, undefined, measure) : moved(object, nudge.by) };
    });
  }
}
