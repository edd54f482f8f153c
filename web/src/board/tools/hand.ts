import type { Tool } from "./tool";

/** Moves the page: the one path of pointers does that by itself, this only says how it looks. */
export class HandTool implements Tool {
  readonly cursor = "grab";
}
