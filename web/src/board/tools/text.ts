import type { Bench, Pointer, Tool } from "./tool";

/** Writes where one clicks; a click on text that is there changes it. */
export class TextTool implements Tool {
  readonly cursor = "text";
  constructor(private readonly bench: Bench) {}

  up(pointer: Pointer): void {
    const id = this.bench.topmostAt(pointer.at);
    if (id !== undefined && this.bench.scene.get(id)?.object.kind === "text") this.bench.editText(id);
    else this.bench.writeAt(pointer.at);
  }
}
