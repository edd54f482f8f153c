import type { PlainKey } from "../lib/i18n/i18n.svelte";
import { t } from "../lib/i18n/i18n.svelte";
import type { IconName } from "../lib/ui/icons";
import type { Panel, RoomState } from "./room_state.svelte";

/** The panels in the order in which they are offered, with the key that opens each together with Alt. */
export const PANELS: { id: Panel; label: PlainKey; icon: IconName; key: string }[] = [
  { id: "people", label: "room.people", icon: "people", key: "P" },
  { id: "chat", label: "room.chat", icon: "chat", key: "C" },
  { id: "files", label: "room.files", icon: "files", key: "L" },
];

/** How much there is to look at in a panel, and what it is. */
export function badgeOf(room: RoomState, panel: Panel): { count: number; words: string } {
  if (panel === "chat") return { count: room.unread, words: t("room.unread", { count: room.unread }) };
  if (panel === "files") return { count: room.offers, words: t("files.state.offered") };
  const waiting = room.standing.waiting?.length ?? 0;
  if (waiting > 0) return { count: waiting, words: t("room.waitingCount", { count: waiting }) };
  return { count: room.handsUp, words: t("room.handsUp", { count: room.handsUp }) };
}
