/** What one may do with somebody in the roster; that one may is decided by the server. */
import { t } from "../lib/i18n/i18n.svelte";
import type { MenuItem } from "../lib/ui/MenuList.svelte";
import type { Person } from "../session/api";
import type { RoomState } from "./room_state.svelte";

export interface Doing {
  message: () => void;
  send: () => void;
  follow: () => void;
  remove: () => void;
  rename: () => void;
}

export function actionsFor(room: RoomState, person: Person, doing: Doing): MenuItem[] {
  if (person.isSelf) {
    const conducts = person.isConductor;
    return [
      { label: t("people.renameSelf"), icon: "pen", run: doing.rename },
      {
        label: person.handRaised ? t("room.lowerHand") : t("room.raiseHand"),
        icon: "hand",
        run: () => room.session.raiseHand(!person.handRaised),
      },
      {
        label: conducts ? t("people.releaseLead") : t("people.takeLead"),
        icon: "conductor",
        run: () => room.session.conduct(conducts ? "release" : "take"),
      },
    ];
  }
  const items: MenuItem[] = [];
  if (person.applications.includes("chat")) items.push({ label: t("people.message"), icon: "chat", run: doing.message });
  if (person.applications.includes("files") && room.mayDraw) items.push({ label: t("people.sendFile"), icon: "file", run: doing.send });
  if (person.presence)
    items.push({
      label: room.following === person.node ? t("people.unfollow") : t("people.follow"),
      icon: "follow",
      run: doing.follow,
    });
  if (room.self?.isConductor)
    items.push({ label: t("people.passLead"), icon: "conductor", run: () => room.session.conduct({ passTo: person.node }) });
  return room.mayModerate ? [...items, ...moderation(room, person, doing)] : items;
}

function moderation(room: RoomState, person: Person, doing: Doing): MenuItem[] {
  const { entry } = room;
  const right = room.rightOf(person.node);
  const items: MenuItem[] = [];
  if (right === "view") items.push({ label: t("people.letDraw"), icon: "pen", run: () => void room.attempt(entry.setRight(person.node, "draw")) });
  else items.push({ label: t("people.muteDrawing"), icon: "noDraw", run: () => void room.attempt(entry.setRight(person.node, "view")) });
  if (right !== "moderate")
    items.push({ label: t("people.makeModerator"), icon: "shield", run: () => void room.attempt(entry.setRight(person.node, "moderate")) });
  items.push(
    { label: t("people.rename"), icon: "pen", run: doing.rename },
    { label: t("people.remove"), icon: "eject", danger: true, separated: true, run: doing.remove },
  );
  if (items[0]) items[0].separated = true;
  return items;
}
