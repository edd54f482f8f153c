import { t } from "../lib/i18n/i18n.svelte";
import type { MenuItem } from "../lib/ui/MenuList.svelte";
import type { Actions } from "./actions";
import { copyByMenu } from "./clipboard";
import { shownKey } from "./key_names";
import type { Whiteboard } from "./whiteboard";

const kOrders = [
  ["front", "board.toFront", "Ctrl+Shift+]"],
  ["forward", "board.forward", "Ctrl+]"],
  ["backward", "board.backward", "Ctrl+["],
  ["back", "board.toBack", "Ctrl+Shift+["],
] as const;

/** What can be done with what is selected, or with the page where nothing is. */
export function menuEntries(board: Whiteboard, actions: Actions, askToClear: () => void): MenuItem[] {
  const { selection, readonly } = board.state;
  const disabled = readonly !== undefined;
  const selected = [...selection];
  if (selected.length === 0)
    return [
      { label: t("board.selectAll"), key: shownKey("Ctrl+A"), run: () => actions.selectAll() },
      { label: t("board.fit"), key: shownKey("Shift+1"), run: () => board.fit() },
      { label: t("board.pages.clear"), danger: true, disabled, separated: true, run: askToClear },
    ];
  const only = selected.length === 1 ? board.scene.get(selected[0] ?? 0)?.object : undefined;
  const list: MenuItem[] = [];
  if (only?.kind === "text")
    list.push({ label: t("board.editText"), key: shownKey("Enter"), disabled, run: () => board.editText(only.id) });
  list.push({ label: t("board.copy"), key: shownKey("Ctrl+C"), run: () => copyByMenu(board, actions) });
  list.push({ label: t("board.duplicate"), key: shownKey("Ctrl+D"), disabled, run: () => void actions.duplicate() });
  for (const [where, label, shortcut] of kOrders)
    list.push({ label: t(label), key: shownKey(shortcut), disabled, separated: where === "front", run: () => void actions.stack(where) });
  list.push({ label: t("board.fitSelection"), key: shownKey("Shift+2"), separated: true, run: () => board.fitSelection() });
  list.push({
    label: t("board.delete"),
    key: shownKey("Delete"),
    danger: true,
    disabled,
    separated: true,
    run: () => void actions.delete(),
  });
  return list;
}
