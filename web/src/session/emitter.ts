/** Handlers of a session's events. */

import type { SessionEvents } from "./api";

type Handler<K extends keyof SessionEvents> = (event: SessionEvents[K]) => void;
type Handlers = { [K in keyof SessionEvents]?: Set<Handler<K>> };

export class Emitter {
  private readonly handlers: Handlers = {};

  /** Returns what ends it. */
  on<K extends keyof SessionEvents>(type: K, handler: Handler<K>): () => void {
    const handlers = this.handlers as Record<K, Set<Handler<K>> | undefined>;
    const set = (handlers[type] ??= new Set());
    set.add(handler);
    return () => set.delete(handler);
  }

  emit<K extends keyof SessionEvents>(type: K, event: SessionEvents[K]): void {
    const set = this.handlers[type] as Set<Handler<K>> | undefined;
    for (const handler of [...(set ?? [])]) {
      try {
        handler(event);
      } catch (error) {
        // The others are to hear of it nevertheless, and the mirror goes on.
        reportError(error);
      }
    }
  }
}
