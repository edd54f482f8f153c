import type { SessionEvents } from "../api";

type Handlers = { [K in keyof SessionEvents]?: Set<(event: SessionEvents[K]) => void> };

/** Handlers of a session's events. */
export class Emitter {
  private readonly handlers: Handlers = {};

  on<K extends keyof SessionEvents>(type: K, handler: (event: SessionEvents[K]) => void): () => void {
    const set: Set<(event: SessionEvents[K]) => void> = (this.handlers[type] as typeof set | undefined) ?? new Set();
    (this.handlers as Record<K, typeof set>)[type] = set;
    set.add(handler);
    return () => set.delete(handler);
  }

  emit<K extends keyof SessionEvents>(type: K, event: SessionEvents[K]): void {
    const set = this.handlers[type] as Set<(event: SessionEvents[K]) => void> | undefined;
    for (const handler of [...(set ?? [])]) handler(event);
  }
}
