/** Short notices at the edge of the window, which go by themselves. What must not be missed does not belong here. */
import { announce } from "./announce.svelte";

export interface Toast {
  id: number;
  text: string;
  tone: "neutral" | "good" | "bad";
  action?: { label: string; run: () => void };
}

const AT_MOST = 3;
const SHORTEST = 4000; // milliseconds
const PER_CHARACTER = 60; // slow readers have this much more for each

const state = $state<{ toasts: Toast[] }>({ toasts: [] });
let lastId = 0;

export const toasts = {
  get all(): readonly Toast[] {
    return state.toasts;
  },
  show(text: string, options: { tone?: Toast["tone"]; action?: Toast["action"] } = {}): void {
    const toast: Toast = { id: ++lastId, text, tone: options.tone ?? "neutral", ...(options.action ? { action: options.action } : {}) };
    const others = state.toasts.filter((other) => other.text !== text);
    state.toasts = [...others, toast].slice(-AT_MOST);
    announce(text);
    setTimeout(() => toasts.dismiss(toast.id), SHORTEST + PER_CHARACTER * text.length + (toast.action ? SHORTEST : 0));
  },
  dismiss(id: number): void {
    state.toasts = state.toasts.filter((toast) => toast.id !== id);
  },
};
