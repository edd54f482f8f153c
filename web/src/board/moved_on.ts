/**
 * Whether somebody has gone on to something else since. What is made is there when the server has said so, which may
 * take seconds; by then its maker may draw the next thing, and must not have the tool taken out of the hand.
 */

import type { ItemId } from "../session/api";
import type { BoardState } from "./state.svelte";

const isSame = (one: ReadonlySet<ItemId>, other: ReadonlySet<ItemId>): boolean =>
  one.size === other.size && [...one].every((id) => other.has(id));

/** To be called now; what it gives is asked later. */
export function watchMovingOn(state: BoardState): () => boolean {
  const { tool, page, selection, editing } = state;
  return () =>
    state.busy ||
    state.tool !== tool ||
    state.editing !== editing ||
    // The first thing on a board makes its page.
    (page !== 0 && state.page !== page) ||
    !isSame(state.selection, selection);
}
