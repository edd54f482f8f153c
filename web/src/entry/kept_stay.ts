/**
 * The stay of this tab, kept for when it is loaded anew. A duplicated tab gets a copy of what is kept; so that the two do
 * not push each other out, a stay is taken up only by who holds its lock.
 */
import type { EnterOptions } from "./api";

export interface Stay {
  id: string;
  token: string;
  options: EnterOptions;
}

const key = (conference: string): string => `convene.stay/${conference}`;
const held = new Map<string, () => void>();

/** False when another tab has it. */
export async function hold(stay: Stay): Promise<boolean> {
  if (!("locks" in navigator) || held.has(stay.id)) return true; // no locks without a secure context
  return await new Promise<boolean>((resolve) => {
    void navigator.locks.request(`convene.stay/${stay.id}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? new Promise<void>((release) => held.set(stay.id, release)) : undefined;
    });
  });
}

export function keep(stay: Stay): void {
  try {
    sessionStorage.setItem(key(stay.options.conference), JSON.stringify(stay));
  } catch {
    // Then the person enters anew after a reload.
  }
}

export function kept(conference: string): Stay | undefined {
  try {
    const text = sessionStorage.getItem(key(conference));
    return text === null ? undefined : (JSON.parse(text) as Stay);
  } catch {
    return undefined;
  }
}

/** Lets go of its lock. */
export function release(stay: Stay): void {
  held.get(stay.id)?.();
  held.delete(stay.id);
}

export function forget(stay: Stay): void {
  release(stay);
  try {
    sessionStorage.removeItem(key(stay.options.conference));
  } catch {
    // Nothing was kept.
  }
}
