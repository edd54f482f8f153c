/** Sees what somebody else sees. */

import type { ItemId, NodeId, Rect, Session } from "../session/api";
import type { BoardState } from "./state.svelte";

export interface FollowerTarget {
  showPage(page: ItemId): void;
  lookAt(area: Rect): void;
}

export class Follower {
  constructor(
    private readonly session: Session,
    private readonly state: BoardState,
    private readonly target: FollowerTarget,
  ) {}

  /** From now on; undefined: no longer. */
  follow(node: NodeId | undefined): void {
    this.state.following = node;
    if (node !== undefined) this.moved(node);
  }

  /** Somebody is elsewhere, or gone. */
  moved(node: NodeId): void {
    const { state, session } = this;
    if (state.following !== node) return;
    const presence = session.people().find((person) => person.node === node)?.presence;
    if (!presence) {
      state.following = undefined;
      return;
    }
    const isThere = session.board.pages().some((page) => page.id === presence.page);
    if (presence.page !== state.page && isThere) {
      this.target.showPage(presence.page);
      // Turning a page by hand ends it; this was not by hand.
      state.following = node;
    }
    this.target.lookAt(presence.view);
  }
}
