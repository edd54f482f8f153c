/** What somebody who comes from the lobby has already told, so that the door of the conference need not ask again. */
import type { EnterOptions } from "../entry/api";
import { conferencePath, router } from "../lib/router.svelte";

let arriving: EnterOptions | undefined;

export function goTo(options: EnterOptions): void {
  arriving = options;
  router.go(conferencePath(options.conference, options.invitation));
}

/** Once. */
export function takeArrival(conference: string): EnterOptions | undefined {
  const taken = arriving?.conference === conference ? arriving : undefined;
  arriving = undefined;
  return taken;
}
