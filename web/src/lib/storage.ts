/**
 * What the page remembers between visits. Browsers may refuse to keep anything (private windows, full disks); then it is
 * remembered until the page is left.
 */
const meanwhile = new Map<string, string>();
const PREFIX = "convene.";

export type Remembered = "name" | "theme" | "language" | "panel" | "sidebarWidth" | `owner/${string}` | `board.${string}`;

/** What was remembered under `key`. */
export function recall(key: Remembered): string | undefined {
  try {
    return localStorage.getItem(PREFIX + key) ?? meanwhile.get(key);
  } catch {
    return meanwhile.get(key);
  }
}

/** Remembers `value`; without one it forgets. */
export function remember(key: Remembered, value: string | undefined): void {
  if (value === undefined) meanwhile.delete(key);
  else meanwhile.set(key, value);
  try {
    if (value === undefined) localStorage.removeItem(PREFIX + key);
    else localStorage.setItem(PREFIX + key, value);
  } catch {
    // Then `meanwhile` has to do.
  }
}
