import { t, type PlainKey } from "../lib/i18n/i18n.svelte";

const isMac = typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.platform);
const kMacNames: Record<string, string> = { Ctrl: "⌘", Alt: "⌥", Shift: "⇧" };
const kNamed: Record<string, PlainKey> = {
  Ctrl: "board.key.Ctrl",
  Shift: "board.key.Shift",
  Delete: "board.key.Delete",
  Enter: "board.key.Enter",
  Space: "board.key.Space",
  Escape: "board.key.Escape",
  PageUp: "board.key.PageUp",
  PageDown: "board.key.PageDown",
};

/** The keys of a shortcut, each as it is printed on keyboards here. */
export function keysOf(shortcut: string): string[] {
  const parts = shortcut.split(/\+(?=.)/);
  return parts.map((part) => {
    if (isMac && kMacNames[part]) return kMacNames[part];
    const name = kNamed[part];
    return name ? t(name) : part;
  });
}

export function shownKey(shortcut: string): string {
  return keysOf(shortcut).join(isMac ? "" : "+");
}
