/** The board of one session, put together: model, pixels, tools and pointer. */

import type {
  BoardChange,
  BoardObject,
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
import { Follower } from "./follower";
import { Input } from "./input";
import { isHit } from "./model/hit";
import { paintEdges, paintGround, paper } from "./paint/ground";
import { Lifted } from "./paint/lifted";
import { measure } from "./paint/measure";
import { lower, type Scene } from "./paint/scene";
import { Sheet } from "./paint/sheet";
import { Surface } from "./paint/surface";
import { watchMovingOn } from "./moved_on";
import { Pictures } from "./pictures";
import { Presences } from "./presence";
import type { BoardState, ToolName } from "./state.svelte";
import { allTools } from "./tools/all";
import type { SelectTool } from "./tools/select";
import type { Bench, Tool } from "./tools/tool";
import { panned, type Size, toPage, zoomed } from "./view";
import { Viewer } from "./viewer";

const kHitReach = 6; // CSS pixels

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
  readonly viewer: Viewer;
  private readonly follower: Follower;
  isSpaceHeld = false;
  /** Around all paper. */
  deskColor = "#e9ecef";
  private readonly sheet: Sheet;
  private surface: Surface | undefined;
  private input: Input | undefined;
  private container: HTMLElement | undefined;
  private readonly tools: ReturnType<typeof allTools>;
  private readonly ends: (() => void)[];
  /** The first page, while it is being made. */
  private first: Promise<Outcome> | undefined;

  constructor(
    readonly session: Session,
    readonly state: BoardState,
    private readonly told: Told,
  ) {
    this.pictures = new Pictures(session, (id) => this.sheet.invalidateItem(id));
    this.lifted = new Lifted(
      (picture) => this.pictures.pixels(picture),
      (item) => this.invalidate(item.ink),
      () => this.refresh(),
    );
    this.follower = new Follower(session, state, {
      showPage: (page) => this.showPage(page),
      lookAt: (area) => this.viewer.lookAt(area),
    });
    this.presences = new Presences(
      session,
      state,
      () => this.refresh(),
      (node) => {
        this.follower.moved(node);
        told.whereabouts();
      },
    );
    this.sheet = new Sheet(
      this.pictures,
      () => paper(this.currentPage),
      ({ object: { id } }) => (id === state.editing?.id ? 0 : this.lifted.visibility(id)),
      () => this.surface?.request("still"),
    );
    this.viewer = new Viewer(state, (view) => {
      this.surface?.look(view);
      this.presences.send();
    });
    this.tools = allTools(this);
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
    this.surface = new Surface(stage, this.sheet.tiles, {
      ground: (on, window) => paintGround(on, window, this.currentPage),
      edges: (on, window) => paintEdges(on, window, this.currentPage, this.deskColor),
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
      pan: (by) => this.viewer.look(panned(state.view, by)),
      zoomAt: (factor, at) => this.viewer.look(zoomed(state.view, state.view.scale * factor, at)),
      tool: () => this.tool,
      isPanning: () => state.tool === "hand" || this.isSpaceHeld,
      begins: () => this.mayBegin(),
      strokes: (isOn) => {
        state.busy = isOn;
        this.presences.setBusy(isOn && state.tool !== "select" && state.tool !== "laser");
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

  // --- which page is seen ---

  resize(size: Size): void {
    this.surface?.resize(size);
    this.viewer.resize(size, this.extent());
  }

  /** All of the page and of what is on it. */
  fit(): void {
    this.viewer.fit(this.extent());
  }
  fitSelection(): void {
    const frame = this.select.frame();
    if (frame) this.viewer.fitClosely(frame.box);
  }

  /** The sheet and everything on it. */
  extent(): Rect {
    const { width, height } = this.currentPage ?? { width: 1024, height: 768 };
    const all = this.scene.extent();
    if (!all) return { x: 0, y: 0, width, height };
    const [x, y] = [Math.min(0, Math.floor(all.x)), Math.min(0, Math.floor(all.y))];
    const right = Math.max(width, Math.ceil(all.x + all.width));
    const bottom = Math.max(height, Math.ceil(all.y + all.height));
    return { x, y, width: right - x, height: bottom - y };
  }

  get currentPage(): Page | undefined {
    return this.state.pages.find((page) => page.id === this.state.page);
  }

  showPage(id: ItemId): void {
    const { state } = this;
    if (state.page === id) return;
    this.input?.finish();
    state.page = id;
    state.selection = new Set();
    state.active = undefined;
    this.sheet.show(this.session.board.objectsOf(id));
    this.viewer.turn(id, this.extent());
    state.revision++;
    this.told.whereabouts();
  }

  /** Sees what somebody else sees, until the page is moved by one's own hand. */
  follow(node: NodeId | undefined): void {
    this.follower.follow(node);
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

  private onSet(object: BoardObject): boolean {
    if (object.page === this.state.page) {
      this.sheet.set(object);
      return true;
    }
    // It may have been here before.
    if (this.scene.get(object.id)) this.onGone(object.id);
    return false;
  }

  private onGone(id: ItemId): void {
    this.sheet.remove(id);
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
    else if (now && before && now.background !== before.background) this.sheet.repaint();
  }

  private readHistory(): void {
    this.state.canUndo = this.session.board.canUndo;
    this.state.canRedo = this.session.board.canRedo;
  }

  // --- for tools ---

  get scene(): Scene {
    return this.sheet.scene;
  }
  get select(): SelectTool {
    return this.tools.select;
  }
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

  /**
   * The page to put something on: the one that is seen. A conference begins without any; the first who has something to
   * put there makes it.
   */
  async paper(): Promise<ItemId> {
    const { state, session } = this;
    // Somebody else may just have made it.
    await Promise.resolve();
    if (this.currentPage) return state.page;
    this.first ??= session.board.addPage().finally(() => (this.first = undefined));
    const outcome = await this.first;
    const [page] = outcome.ok ? outcome.items : [];
    if (page !== undefined && state.page === 0) this.showPage(page);
    return state.page || page || 0;
  }

  async commit(drawing: Omit<Drawing, "kind">): Promise<Outcome> {
    const { board } = this.session;
    const done = this.currentPage
      ? board.draw(this.state.page, drawing)
      : this.paper().then((page) => board.draw(page, drawing));
    void this.lifted.show({ kind: "drawing", ...drawing }, done);
    const outcome = await done;
    this.tell(outcome);
    return outcome;
  }

  tell(outcome: Outcome): boolean {
    if (!outcome.ok) this.told.refused(outcome.why);
    return outcome.ok;
  }

  async made(done: Promise<Outcome>): Promise<void> {
    if (this.state.keepTool) return;
    if (this.state.tool !== "select") this.choose("select");
    const select = this.making();
    const outcome = await done;
    if (outcome.ok) select(outcome.items);
  }

  making(): (items: readonly ItemId[]) => void {
    const hasMovedOn = watchMovingOn(this.state);
    return (items) => {
      if (items.length === 0 || hasMovedOn()) return;
      this.choose("select");
      this.state.selection = new Set(items);
      this.state.active = items.at(-1);
    };
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
    this.state.editing = { id, page: object.page, at: object.at, text: object.text, font: object.font, color: object.color };
  }

  writeAt(at: Point): void {
    const { font, ink } = this.state;
    const color = ink.pen === "none" ? "#1e1e1e" : ink.pen;
    this.state.editing = { page: this.state.page, at: { x: Math.round(at.x), y: Math.round(at.y - font.size * 0.6) }, text: "", font, color };
  }

  /** Whether what is pasted was asked for, and not the middle button's doing. */
  isMeant(event: ClipboardEvent): boolean {
    return !this.input?.isOfMiddleButton(event);
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

  invalidate(area: Rect): void {
    this.sheet.invalidate(area);
  }
}
