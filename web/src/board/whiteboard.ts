/** The board of one session, put together: model, pixels, tools and pointer. */

import type {
  BoardChange,
  Drawing,
  ItemId,
  NodeId,
  Outcome,
  Page,
  Point,
  Rect,
  Refused,
  Session,
} from "../session/api";
import { COORDINATES } from "../session/api";
import { Input } from "./input";
import { isHit } from "./model/hit";
import { Lifted } from "./paint/lifted";
import { measure } from "./paint/measure";
import { type Item, lower, Scene } from "./paint/scene";
import { Surface } from "./paint/surface";
import type { Subject } from "./paint/tile";
import { Tiles, type Window } from "./paint/tiles";
import { Pictures } from "./pictures";
import { Presences } from "./presence";
import type { BoardState, ToolName } from "./state.svelte";
import { EraserTool } from "./tools/eraser";
import { HandTool } from "./tools/hand";
import { InkTool } from "./tools/ink";
import { LaserTool } from "./tools/laser";
import { SelectTool } from "./tools/select";
import { ShapeTool } from "./tools/shape";
import { TextTool } from "./tools/text";
import type { Bench, Tool } from "./tools/tool";
import { fitted, panned, type Size, toPage, type View, zoomed } from "./view";

const kHitReach = 6; // CSS pixels
// CSS pixels: of what floats above and below the page, and beside it.
const kFitMargin = { x: 24, y: 76 };
const kNear = 48;

/** What the pages around the board are told. */
export interface Told {
  refused(why: Refused): void;
  menu(at: Point): void;
  /** Two fingers ask for it. */
  undo(): void;
  /** Somebody came to a page or left it. */
  whereabouts(): void;
}

export class Whiteboard implements Bench {
  readonly pictures: Pictures;
  readonly lifted: Lifted;
  readonly presences: Presences;
  scene = new Scene([]);
  readonly select: SelectTool;
  isSpaceHeld = false;
  /** Around all paper. */
  deskColor = "#e9ecef";
  private readonly tiles: Tiles;
  private surface: Surface | undefined;
  private input: Input | undefined;
  private container: HTMLElement | undefined;
  private readonly tools: Record<ToolName, Tool>;
  private readonly views = new Map<ItemId, View>();
  private readonly ends: (() => void)[];
  private isFit = false;

  constructor(
    readonly session: Session,
    readonly state: BoardState,
    private readonly told: Told,
  ) {
    this.pictures = new Pictures(session, (id) => {
      const item = this.scene.get(id);
      if (item) this.invalidate(item.ink);
    });
    this.lifted = new Lifted(
      (picture) => this.pictures.pixels(picture),
      (item) => this.invalidate(item.ink),
      () => this.refresh(),
    );
    this.presences = new Presences(
      session,
      state,
      () => this.refresh(),
      (node) => this.whereabouts(node),
    );
    this.tiles = new Tiles(this.subject());
    this.select = new SelectTool(this);
    const hand = new HandTool();
    const ink = (style: "ink" | "marker"): InkTool => new InkTool(this, () => state[style]);
    this.tools = {
      select: this.select,
      rectangle: new ShapeTool(this, "rectangle"),
      diamond: new ShapeTool(this, "diamond"),
      ellipse: new ShapeTool(this, "ellipse"),
      arrow: new ShapeTool(this, "arrow"),
      line: new ShapeTool(this, "line"),
      pen: ink("ink"),
      marker: ink("marker"),
      text: new TextTool(this),
      image: this.select,
      eraser: new EraserTool(this),
      hand,
      laser: new LaserTool(this),
    };
    this.ends = [
      session.on("board", (changes) => this.onBoard(changes)),
      session.on("history", () => this.readHistory()),
      session.on("refused", ({ why }) => told.refused(why)),
      session.on("presence", ({ node }) => this.presences.update(node)),
      session.on("roster", () => this.presences.updateAll()),
    ];
    this.readPages();
    this.readHistory();
    this.presences.updateAll();
    this.showPage(session.board.currentPage() ?? state.pages[0]?.id ?? 0);
  }

  attach(container: HTMLDivElement, stage: HTMLDivElement): void {
    this.container = container;
    this.surface = new Surface(stage, this.tiles, {
      ground: (on, window) => this.paintGround(on, window),
      edges: (on, window) => this.paintEdges(on, window),
      page: (on) => {
        this.lifted.paint(on);
        this.tool.paintPage?.(on);
      },
      screen: (on, view) => {
        this.tool.paintScreen?.(on);
        if (this.tool !== this.select && this.state.selection.size > 0) this.select.paintScreen(on);
        if (this.presences.paint(on, view)) this.refresh();
      },
      painted: () => this.lifted.settle(),
    });
    const { state } = this;
    this.input = new Input(container, {
      view: () => state.view,
      pan: (by) => this.look(panned(state.view, by)),
      zoomAt: (factor, at) => this.look(zoomed(state.view, state.view.scale * factor, at)),
      tool: () => this.tool,
      isPanning: () => state.tool === "hand" || this.isSpaceHeld,
      begins: () => this.mayBegin(),
      strokes: (isOn) => {
        state.busy = isOn;
        if (state.tool !== "select" && state.tool !== "laser") this.presences.setBusy(isOn);
      },
      hovers: (at) => this.presences.hover(at),
      menu: (at) => this.openMenu(at),
      undo: () => this.told.undo(),
      showCursor: () => this.showCursor(),
    });
    this.resize({ width: container.clientWidth, height: container.clientHeight });
    this.showCursor();
  }

  destroy(): void {
    for (const end of this.ends) end();
    this.input?.destroy();
    this.surface?.destroy();
    this.session.board.setPresence(undefined);
  }

  // --- what is seen ---

  resize(size: Size): void {
    this.state.size = size;
    this.surface?.resize(size);
    if (!this.isFit && size.width > 1) this.fit();
    else this.surface?.look(this.state.view);
    this.presences.send();
  }

  /** By this person's own hand: whoever was followed no longer is. */
  look(view: View): void {
    this.state.following = undefined;
    this.lookFrom(view);
  }

  private lookFrom(view: View): void {
    const { least, most } = COORDINATES;
    const clamped = {
      scale: view.scale,
      x: Math.min(most, Math.max(least - this.state.size.width / view.scale, view.x)),
      y: Math.min(most, Math.max(least - this.state.size.height / view.scale, view.y)),
    };
    this.state.view = clamped;
    this.surface?.look(clamped);
    this.presences.send();
  }

  /** All of the page and of what is on it. */
  fit(): void {
    this.isFit = true;
    this.look(fitted(this.extent(), this.state.size, kFitMargin));
  }
  fitSelection(): void {
    const frame = this.select.frame();
    if (frame) this.look(fitted(frame.box, this.state.size, { x: 2 * kFitMargin.x, y: 1.5 * kFitMargin.y }, 4));
  }

  /** Moves the page no further than needed to see all of `box`, or as much as there is room for. */
  reveal(box: Rect): void {
    const { view, size } = this.state;
    const margin = kNear / view.scale;
    const [wide, high] = [size.width / view.scale, size.height / view.scale];
    const shift = (from: number, length: number, box: number, extent: number): number =>
      box - margin < from ? box - margin - from : box + extent + margin > from + length ? Math.min(box - margin - from, box + extent + margin - from - length) : 0;
    const x = shift(view.x, wide, box.x, box.width);
    const y = shift(view.y, high, box.y, box.height);
    if (x !== 0 || y !== 0) this.look({ ...view, x: view.x + x, y: view.y + y });
  }

  /** The sheet and everything on it. */
  extent(): Rect {
    const page = this.currentPage;
    const sheet = { x: 0, y: 0, width: page?.width ?? 1024, height: page?.height ?? 768 };
    const all = this.scene.extent();
    if (!all) return sheet;
    const [x, y] = [Math.min(0, Math.floor(all.x)), Math.min(0, Math.floor(all.y))];
    const right = Math.max(sheet.width, Math.ceil(all.x + all.width));
    const bottom = Math.max(sheet.height, Math.ceil(all.y + all.height));
    return { x, y, width: right - x, height: bottom - y };
  }

  get currentPage(): Page | undefined {
    return this.state.pages.find((page) => page.id === this.state.page);
  }

  showPage(id: ItemId): void {
    const { state } = this;
    if (state.page === id && this.scene.size > 0) return;
    this.input?.cancel();
    if (state.page && this.isFit) this.views.set(state.page, state.view);
    state.page = id;
    state.selection = new Set();
    state.active = undefined;
    state.editing = undefined;
    this.scene = new Scene(this.session.board.objectsOf(id));
    this.tiles.show(this.subject());
    const view = this.views.get(id);
    this.isFit = view !== undefined;
    if (view) this.lookFrom(view);
    else if (state.size.width > 1) this.fit();
    state.revision++;
    this.surface?.request("still");
    this.told.whereabouts();
  }

  /** Sees what somebody else sees, until the page is moved by one's own hand. */
  follow(node: NodeId | undefined): void {
    this.state.following = node;
    if (node !== undefined) this.whereabouts(node);
  }

  private whereabouts(node: NodeId): void {
    const { state } = this;
    if (state.following === node) {
      const presence = this.session.people().find((person) => person.node === node)?.presence;
      if (!presence) {
        state.following = undefined;
      } else {
        if (presence.page !== state.page && this.session.board.pages().some((page) => page.id === presence.page)) {
          this.showPage(presence.page);
          state.following = node;
        }
        this.lookFrom(fitted(presence.view, state.size, { x: 0, y: 0 }, 16));
      }
    }
    this.told.whereabouts();
  }

  // --- what has happened ---

  private onBoard(changes: readonly BoardChange[]): void {
    let isOurs = false;
    for (const change of changes) {
      switch (change.kind) {
        case "pages":
          this.readPages();
          break;
        case "turned":
          this.state.everybodysPage = change.page;
          if (this.state.withEverybody) this.showPage(change.page);
          break;
        case "set":
          isOurs = this.onSet(change.object) || isOurs;
          break;
        case "gone":
          if (change.page !== this.state.page) break;
          isOurs = true;
          this.onGone(change.object);
      }
    }
    if (isOurs) this.state.revision++;
  }

  private onSet(object: Parameters<Scene["set"]>[0]): boolean {
    if (object.page !== this.state.page) {
      // It may have been here before.
      if (this.scene.get(object.id)) this.onGone(object.id);
      return false;
    }
    if (object.kind === "picture" && !object.complete) this.pictures.forget(object.id);
    const was = this.scene.get(object.id)?.object;
    if (was?.kind === "picture" && object.kind === "picture" && !was.complete) this.pictures.forget(object.id);
    const { before, after, onTop } = this.scene.set(object);
    const item = this.scene.get(object.id);
    if (item && onTop) this.tiles.append(item);
    else {
      if (before) this.tiles.invalidate(before);
      this.tiles.invalidate(after);
    }
    this.surface?.request("still");
    return true;
  }

  private onGone(id: ItemId): void {
    const ink = this.scene.remove(id);
    this.pictures.forget(id);
    if (ink) this.invalidate(ink);
    const { state } = this;
    if (state.selection.has(id)) state.selection = new Set([...state.selection].filter((one) => one !== id));
    if (state.active === id) state.active = undefined;
  }

  private readPages(): void {
    const { board } = this.session;
    const before = this.currentPage;
    this.state.pages = [...board.pages()];
    this.state.everybodysPage = board.currentPage();
    const now = this.currentPage;
    if (!now && before) this.showPage(board.currentPage() ?? this.state.pages[0]?.id ?? 0);
    else if (!this.state.page && this.state.pages[0]) this.showPage(board.currentPage() ?? this.state.pages[0].id);
    else if (now && before && now.background !== before.background) this.tiles.show(this.subject());
    this.surface?.request("still");
  }

  private readHistory(): void {
    this.state.canUndo = this.session.board.canUndo;
    this.state.canRedo = this.session.board.canRedo;
  }

  // --- for tools ---

  get tool(): Tool {
    return this.tools[this.state.tool];
  }
  get unit(): number {
    return 1 / this.state.view.scale;
  }
  refresh(): void {
    this.surface?.request("live");
  }

  choose(tool: ToolName): void {
    this.input?.cancel();
    this.state.tool = tool;
    this.showCursor();
    this.refresh();
  }

  async commit(drawing: Omit<Drawing, "kind">): Promise<Outcome> {
    const done = this.session.board.draw(this.state.page, drawing);
    void this.lifted.show({ kind: "drawing", ...drawing }, done);
    const outcome = await done;
    this.tell(outcome);
    return outcome;
  }

  tell(outcome: Outcome): boolean {
    if (!outcome.ok) this.told.refused(outcome.why);
    return outcome.ok;
  }

  made(items: readonly ItemId[]): void {
    if (this.state.keepTool) return;
    this.choose("select");
    this.state.selection = new Set(items);
    this.state.active = items.at(-1);
  }

  topmostAt(at: Point): ItemId | undefined {
    const reach = kHitReach * this.unit;
    const near = this.scene.touching({ x: at.x - reach, y: at.y - reach, width: 2 * reach, height: 2 * reach });
    return near.sort(lower).findLast((item) => isHit(item.object, at, reach, measure))?.object.id;
  }

  editText(id: ItemId): void {
    const object = this.scene.get(id)?.object;
    if (object?.kind !== "text" || this.state.readonly !== undefined) return;
    this.state.selection = new Set();
    this.state.editing = { id, at: object.at, text: object.text, font: object.font, color: object.color };
  }

  writeAt(at: Point): void {
    const { font, ink } = this.state;
    const color = ink.pen === "none" ? "#1e1e1e" : ink.pen;
    this.state.editing = { at: { x: Math.round(at.x), y: Math.round(at.y - font.size * 0.6) }, text: "", font, color };
  }

  /** The middle of what is seen. */
  get center(): Point {
    const { view, size } = this.state;
    return toPage(view, { x: size.width / 2, y: size.height / 2 });
  }

  cancelStroke(): void {
    this.input?.cancel();
  }

  showCursor(): void {
    if (!this.container) return;
    const isPanning = this.state.tool === "hand" || this.isSpaceHeld;
    this.container.style.cursor = isPanning ? "grab" : this.mayDraw() ? this.tool.cursor : "default";
  }

  private mayDraw(): boolean {
    return this.state.readonly === undefined || ["select", "hand", "laser"].includes(this.state.tool);
  }

  private mayBegin(): boolean {
    if (this.mayDraw()) return true;
    this.told.refused("notAllowed");
    return false;
  }

  private openMenu(at: Point): void {
    const id = this.topmostAt(toPage(this.state.view, at));
    if (id !== undefined && !this.state.selection.has(id)) this.state.selection = new Set([id]);
    this.told.menu(at);
  }

  // --- pixels ---

  private subject(): Subject {
    return {
      scene: this.scene,
      background: paper(this.currentPage),
      pixels: (picture) => this.pictures.pixels(picture),
      visibility: (item: Item) =>
        item.object.id === this.state.editing?.id ? 0 : this.lifted.visibility(item.object.id),
    };
  }

  invalidate(area: Rect): void {
    this.tiles.invalidate(area);
    this.surface?.request("still");
  }

  private paintGround(on: CanvasRenderingContext2D, window: Window): void {
    on.fillStyle = paper(this.currentPage);
    on.fillRect(0, 0, window.width, window.height);
  }

  /** The desk beyond the last coordinate, and the edge of the sheet that other programs show. */
  private paintEdges(on: CanvasRenderingContext2D, window: Window): void {
    const { origin, scale, width, height } = window;
    const edge = (value: number, from: number): number => Math.round(value * scale - from);
    const page = this.currentPage;
    if (page) {
      on.strokeStyle = "#8891a066";
      on.lineWidth = 1;
      on.setLineDash([6, 6]);
      const [x, y] = [edge(0, origin.x), edge(0, origin.y)];
      on.strokeRect(x - 0.5, y - 0.5, Math.round(page.width * scale) + 1, Math.round(page.height * scale) + 1);
      on.setLineDash([]);
    }
    const { least, most } = COORDINATES;
    const [left, top] = [edge(least, origin.x), edge(least, origin.y)];
    const [right, bottom] = [edge(most, origin.x), edge(most, origin.y)];
    on.fillStyle = this.deskColor;
    if (left > 0) on.fillRect(0, 0, left, height);
    if (top > 0) on.fillRect(0, 0, width, top);
    if (right < width) on.fillRect(right, 0, width - right, height);
    if (bottom < height) on.fillRect(0, bottom, width, height - bottom);
  }
}

function paper(page: Page | undefined): string {
  return page && page.background !== "none" ? page.background : "#ffffff";
}
