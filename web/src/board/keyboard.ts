/** Keys on the board, by the table of shortcuts. */

import { announce } from "../lib/announce.svelte";
import { t } from "../lib/i18n/i18n.svelte";
import type { Actions } from "./actions";
import { describe, namesIn, placeOf, sizeOf } from "./describe";
import { type Command, shortcutOf } from "./shortcuts";
import type { ToolName } from "./state.svelte";
import type { Whiteboard } from "./whiteboard";

export interface KeyTarget {
  choose(tool: ToolName): void;
  sheet(): void;
  menu(): void;
  turn(by: 1 | -1): void;
}

const kSayMovedMs = 600;

export class Keyboard {
  /** After Escape with nothing selected, Tab leaves the board. */
  private leaves = false;
  private saying: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly board: Whiteboard,
    private readonly actions: Actions,
    private readonly target: KeyTarget,
  ) {}

  /** `onStage`: the page itself has the focus, not a control beside it. */
  down(event: KeyboardEvent, onStage: boolean): void {
    if (event.defaultPrevented || event.isComposing) return;
    if (event.key === " ") return this.space(event, true, onStage);
    const shortcut = shortcutOf(event);
    const { command } = shortcut ?? {};
    if (!shortcut || !command || shortcut.native) return;
    // Of a control that has the focus these are its own.
    const isOfControls = ["enter", "next", "previous", "move", "resize", "menu"].includes(command.do);
    if (isOfControls && !onStage) return;
    if (this.board.state.readonly !== undefined && !shortcut.looks) return;
    if (this.run(command)) event.preventDefault();
  }

  up(event: KeyboardEvent): void {
    if (event.key === " ") this.space(event, false, true);
  }

  /** The focus went elsewhere: what was held is no longer. */
  blur(): void {
    this.leaves = false;
    this.hold(false);
  }

  private space(event: KeyboardEvent, isDown: boolean, onStage: boolean): void {
    if (!onStage) return;
    event.preventDefault();
    this.hold(isDown);
  }
  private hold(isHeld: boolean): void {
    this.board.isSpaceHeld = isHeld;
    this.board.showCursor();
  }

  /** Says whether the key has been used. */
  private run(command: Command): boolean {
    const { board, actions, target } = this;
    const { state } = board;
    if (command.do !== "next" && command.do !== "previous") this.leaves = false;
    switch (command.do) {
      case "tool":
        target.choose(command.tool);
        return true;
      case "keepTool":
        state.keepTool = !state.keepTool;
        announce(t(state.keepTool ? "board.said.kept" : "board.said.notKept"));
        return true;
      case "undo":
        void actions.undo().then(() => announce(t("board.said.undone")));
        return true;
      case "redo":
        void actions.redo().then(() => announce(t("board.said.redone")));
        return true;
      case "delete": {
        const count = actions.selected.length;
        if (count > 0) void actions.delete().then(() => announce(t("board.said.deleted", { count })));
        return true;
      }
      case "duplicate":
        void actions.duplicate();
        return true;
      case "selectAll":
        actions.selectAll();
        announce(t("board.said.selected", { count: state.selection.size }));
        return true;
      case "stack":
        void actions.stack(command.where);
        return true;
      case "bold":
      case "italic":
      case "underline":
        void actions.toggleFont(command.do);
        return true;
      case "zoomIn":
        actions.zoomStep(1);
        return true;
      case "zoomOut":
        actions.zoomStep(-1);
        return true;
      case "zoomReset":
        actions.zoomTo(1);
        return true;
      case "fit":
        board.fit();
        return true;
      case "fitSelection":
        board.fitSelection();
        return true;
      case "page":
        target.turn(command.by);
        return true;
      case "sheet":
        target.sheet();
        return true;
      case "menu":
        target.menu();
        return true;
      case "move":
      case "resize":
        return this.push(command.do, command.x, command.y);
      case "next":
        return this.step(1);
      case "previous":
        return this.step(-1);
      case "enter":
        return this.enter();
      case "cancel":
        this.cancel();
        return true;
      case "copy":
      case "cut":
      case "paste":
        return false;
    }
  }

  private push(what: "move" | "resize", x: number, y: number): boolean {
    if (this.actions.selected.length === 0) {
      // Without anything selected arrow keys move the page.
      const kStep = 40;
      const { view } = this.board.state;
      this.board.viewer.look({ ...view, x: view.x + (Math.sign(x) * kStep) / view.scale, y: view.y + (Math.sign(y) * kStep) / view.scale });
      return true;
    }
    this.actions.push(what, x, y);
    clearTimeout(this.saying);
    this.saying = setTimeout(() => this.sayWhere(), kSayMovedMs);
    return true;
  }

  private sayWhere(): void {
    const [id] = this.actions.selected;
    const item = id === undefined ? undefined : this.board.scene.get(id);
    if (!item) return;
    const sheet = this.board.currentPage ?? { width: 1024, height: 768 };
    announce(t("board.said.moved", { place: placeOf(item.frame, sheet), size: sizeOf(item.frame) }));
  }

  private step(direction: 1 | -1): boolean {
    if (this.leaves) return false;
    const found = this.actions.step(direction);
    if (!found && this.board.state.active !== undefined) announce(t("board.said.end"));
    return found;
  }

  private enter(): boolean {
    const { board, actions } = this;
    const [only] = actions.selected;
    if (board.state.tool === "select") {
      if (only !== undefined && board.scene.get(only)?.object.kind === "text") board.editText(only);
      return true;
    }
    if (board.state.tool === "image") {
      this.target.choose("image");
      return true;
    }
    void actions.create().then((id) => {
      const item = id === undefined ? undefined : board.scene.get(id);
      const sheet = board.currentPage ?? { width: 1024, height: 768 };
      if (item) announce(t("board.said.created", { what: describe(item, sheet, namesIn(board.session)) }));
    });
    return true;
  }

  private cancel(): void {
    const { board } = this;
    const { state } = board;
    board.cancelStroke();
    if (state.following !== undefined) return board.follow(undefined);
    if (state.selection.size > 0 || state.active !== undefined) {
      state.selection = new Set();
      state.active = undefined;
    } else if (state.tool !== "select") {
      this.target.choose("select");
    } else {
      this.leaves = true;
    }
    board.refresh();
  }
}
