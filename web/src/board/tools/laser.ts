import type { Bench, Pointer, Tool } from "./tool";

/** Points with a trail that fades, on everybody's screen. */
export class LaserTool implements Tool {
  readonly cursor = "crosshair";
  private isDown = false;
  constructor(private readonly bench: Bench) {}

  down(pointer: Pointer): void {
    this.isDown = true;
    this.move(pointer);
  }
  move(pointer: Pointer): void {
    if (!this.isDown) return;
    this.bench.presences.point(pointer.at);
  }
  up(): void {
    this.cancel();
  }
  cancel(): void {
    this.isDown = false;
    this.bench.presences.stopPointing();
  }
}
