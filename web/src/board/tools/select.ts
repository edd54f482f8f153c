/** Chooses, moves, resizes and turns. */

import type { ItemId, Point, Rect } from "../../session/api";
import { between, contains, distance, minus, rotate } from "../model/geometry";
import { type NewBox, pulledFrame, scaledInto, scaledTurned, turnedBy } from "../model/resize";
import { reshaped } from "../model/reshape";
import type { LiftedGroup } from "../paint/lifted";
import { measure } from "../paint/measure";
import { boxOnScreen } from "../view";
import { axisOf, cursorOf, type Frame, frameAround, type Handle, handleAt, isWithin, paintFrame, paintOutline } from "./handles";
import type { Bench, Pointer, Tool } from "./tool";

const kLeastDrag = 4; // CSS pixels
const kTurnStep = 15; // degrees, with Shift
/** Thin outlines of single objects are drawn for so many at most. */
const kMostOutlined = 200;
const kColor = "#2f5bd3";

type Doing =
  | { what: "pressed"; pointer: Pointer; id: ItemId | undefined; clears: boolean }
  | { what: "marquee"; from: Point; to: Point; before: ReadonlySet<ItemId> }
  | { what: "moving"; from: Point; group: LiftedGroup; by: Point; copies: boolean }
  | { what: "pulling"; from: Point; handle: Handle; frame: Frame; group: LiftedGroup; to: NewBox[] };

export class SelectTool implements Tool {
  cursor = "default";
  private doing: Doing | undefined;

  constructor(private readonly bench: Bench) {}

  /** Around what is selected, as far as it is on this page. */
  frame(): Frame | undefined {
    const { state, scene } = this.bench;
    const items = [...state.selection].flatMap((id) => scene.get(id) ?? []);
    return frameAround(items, state.readonly === undefined);
  }

  down(pointer: Pointer): void {
    const { state } = this.bench;
    const frame = this.frame();
    const handle = frame && handleAt(frame, state.view, pointer.screen, pointer.type);
    if (frame && handle) {
      const group = this.bench.lifted.lift(this.bench.scene, state.selection);
      this.doing = { what: "pulling", from: pointer.at, handle, frame, group, to: [] };
      state.busy = true;
      return;
    }
    const id = this.bench.topmostAt(pointer.at);
    // What is selected can be taken anywhere within its frame, and what lies below it by a click.
    if (frame && !pointer.shift && isWithin(frame, state.view, pointer.screen) && (id === undefined || state.selection.has(id))) {
      this.doing = { what: "pressed", pointer, id: undefined, clears: id === undefined };
      return;
    }
    const isNew = id !== undefined && !state.selection.has(id);
    if (pointer.shift && id !== undefined) {
      const next = new Set(state.selection);
      if (!next.delete(id)) next.add(id);
      state.selection = next;
    } else if (isNew) {
      state.selection = new Set([id]);
    }
    if (id !== undefined) state.active = id;
    const before = pointer.shift ? state.selection : new Set<ItemId>();
    this.doing =
      id === undefined
        ? { what: "marquee", from: pointer.at, to: pointer.at, before }
        : { what: "pressed", pointer, id: undefined, clears: false };
    if (id === undefined && !pointer.shift) state.selection = before;
    this.bench.refresh();
  }

  move(pointer: Pointer): void {
    const { doing } = this;
    if (!doing) return;
    switch (doing.what) {
      case "pressed":
        if (distance(pointer.screen, doing.pointer.screen) < kLeastDrag) return;
        return this.startMoving(doing.pointer, pointer);
      case "marquee":
        doing.to = pointer.at;
        return this.chooseWithin(between(doing.from, doing.to), doing.before);
      case "moving":
        return this.moveTo(doing, pointer);
      case "pulling":
        return this.pullTo(doing, pointer);
    }
  }

  up(pointer: Pointer): void {
    const { doing } = this;
    const { state } = this.bench;
    if (!doing) return;
    this.move(pointer);
    this.doing = undefined;
    state.busy = false;
    if (doing.what === "pressed" && doing.clears) state.selection = new Set();
    // move() may have turned the press into a move; that is in `moving` then.
    if (doing.what === "moving") this.finishMove(doing);
    if (doing.what === "pulling") this.finishPull(doing);
    this.bench.refresh();
  }

  cancel(): void {
    const { doing } = this;
    this.doing = undefined;
    this.bench.state.busy = false;
    if (doing?.what === "moving" || doing?.what === "pulling") this.bench.lifted.drop(doing.group, this.bench.scene);
    this.bench.refresh();
  }

  hover(pointer: Pointer): void {
    const frame = this.frame();
    const handle = frame && handleAt(frame, this.bench.state.view, pointer.screen, pointer.type);
    const isOver = (frame && isWithin(frame, this.bench.state.view, pointer.screen)) || this.bench.topmostAt(pointer.at) !== undefined;
    this.cursor = frame && handle ? cursorOf(handle, frame.degrees) : isOver ? "move" : "default";
  }

  double(pointer: Pointer): void {
    if (this.bench.state.readonly !== undefined) return;
    const id = this.bench.topmostAt(pointer.at);
    if (id === undefined) this.bench.writeAt(pointer.at);
    else if (this.bench.scene.get(id)?.object.kind === "text") this.bench.editText(id);
  }

  paintScreen(on: CanvasRenderingContext2D): void {
    const { view } = this.bench.state;
    const { doing } = this;
    if (doing?.what === "marquee") {
      const box = boxOnScreen(view, between(doing.from, doing.to));
      on.fillStyle = `${kColor}14`;
      on.fillRect(box.x, box.y, box.width, box.height);
      on.strokeStyle = kColor;
      on.lineWidth = 1;
      on.strokeRect(box.x, box.y, box.width, box.height);
    }
    if (doing?.what === "moving" || doing?.what === "pulling") return;
    const frame = this.frame();
    if (!frame) return;
    if (frame.items.length > 1 && frame.items.length <= kMostOutlined)
      for (const item of frame.items) paintOutline(on, item, view, `${kColor}80`);
    paintFrame(on, frame, view, kColor);
  }

  private chooseWithin(box: Rect, before: ReadonlySet<ItemId>): void {
    const inside = this.bench.scene.touching(box).filter((item) => contains(box, item.frame));
    this.bench.state.selection = new Set([...before, ...inside.map((item) => item.object.id)]);
    this.bench.refresh();
  }

  private startMoving(from: Pointer, pointer: Pointer): void {
    const { state, lifted, scene } = this.bench;
    if (state.readonly !== undefined || state.selection.size === 0) return;
    const group = lifted.lift(scene, state.selection);
    const doing: Doing = { what: "moving", from: from.at, group, by: { x: 0, y: 0 }, copies: false };
    this.doing = doing;
    state.busy = true;
    this.moveTo(doing, pointer);
  }

  private moveTo(doing: Doing & { what: "moving" }, pointer: Pointer): void {
    const by = minus(pointer.at, doing.from);
    // With Shift along one axis only.
    if (pointer.shift) by[Math.abs(by.x) < Math.abs(by.y) ? "x" : "y"] = 0;
    doing.by = { x: Math.round(by.x), y: Math.round(by.y) };
    doing.copies = pointer.alt;
    this.bench.lifted.moveTo(doing.group, doing.by);
  }

  private finishMove({ by, copies, group }: Doing & { what: "moving" }): void {
    const { session, state, lifted } = this.bench;
    const ids = group.items.map((item) => item.object.id);
    const select = this.bench.making();
    const done = copies ? session.board.duplicate(ids, state.page, by) : session.board.move(ids, by);
    void done.then((outcome) => {
      if (this.bench.tell(outcome) && copies && outcome.ok) select(outcome.items);
      lifted.drop(group, this.bench.scene);
    });
  }

  private pullTo(doing: Doing & { what: "pulling" }, pointer: Pointer): void {
    const { frame, handle } = doing;
    const items = frame.items.map((item) => ({ id: item.object.id, object: item.object, frame: item.frame }));
    const axis = axisOf(frame);
    const [first] = items;
    if (handle === "turn") {
      const angle = (at: Point): number => (Math.atan2(at.y - axis.y, at.x - axis.x) * 180) / Math.PI;
      let degrees = angle(pointer.at) - angle(doing.from);
      if (pointer.shift) degrees = Math.round((frame.degrees + degrees) / kTurnStep) * kTurnStep - frame.degrees;
      doing.to = turnedBy(items, Math.round(degrees), axis);
    } else {
      const by = minus(pointer.at, doing.from);
      const along = frame.degrees === 0 ? by : rotate(by, -frame.degrees, { x: 0, y: 0 });
      const isTextOnly = items.every((item) => item.object.kind === "text");
      const to = pulledFrame(frame.box, handle, along, pointer.shift || isTextOnly);
      doing.to =
        frame.degrees !== 0 && first ? [scaledTurned(first, to, handle, frame.degrees, axis)] : scaledInto(items, frame.box, to);
    }
    const wanted = new Map(doing.to.map((change) => [change.id, change]));
    const instead = new Map(
      items.map(({ id, object }) => {
        const change = wanted.get(id);
        return [id, change ? reshaped(object, change.box, change.degrees, measure) : object];
      }),
    );
    this.bench.lifted.change(doing.group, instead);
  }

  private finishPull({ to, group }: Doing & { what: "pulling" }): void {
    const drop = (): void => this.bench.lifted.drop(group, this.bench.scene);
    if (to.length === 0) return drop();
    void this.bench.session.board.transform(to).then((outcome) => {
      this.bench.tell(outcome);
      drop();
    });
  }
}
