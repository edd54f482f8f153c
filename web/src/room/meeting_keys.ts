import { PANELS } from "./panels";
import type { Panel } from "./room_state.svelte";

export interface KeyActions {
  panel: (panel: Panel) => void;
  board: () => void;
  hand: () => void;
  invite: () => void;
}

/** The keys that work everywhere in the room. Plain letters are the board's, so these are pressed together with Alt. */
export function meetingKeys(actions: KeyActions): (event: KeyboardEvent) => void {
  const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
  const keys: Record<string, () => void> = {
    KeyB: actions.board,
    KeyR: actions.hand,
    KeyI: actions.invite,
  };
  for (const panel of PANELS) keys[`Key${panel.key}`] = () => actions.panel(panel.id);

  return (event) => {
    // On a Mac, Alt types letters of its own.
    const writes = event.target instanceof HTMLElement && event.target.matches("input, textarea, [contenteditable]");
    if (!event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || (isMac && writes)) return;
    if (document.querySelector("dialog[open]")) return;
    const action = keys[event.code];
    if (!action) return;
    event.preventDefault();
    action();
  };
}
