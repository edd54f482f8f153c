/** Erases whatever it is dragged over: all at once, when it is let go. */

import type { Point } from "../../session/api";
import { around, inflated } from "../model/geometry";
import { isCrossed } from "../model/hit";
import { measure } from "../paint/measure";
import type { Bench, Pointer, Tool } from "./tool";

const kReach = 6; // CSS pixels about the pointer

export class EraserTool implements Tool {
  readonly cursor = "none";
  private last: Point | undefined;
  private at: Point | undefined;
  private readonly doomed = new Set<number>();

  constructor(private readonly bench: Bench) {}

  down(pointer: Pointer): void {
    this.last = pointer.at;
    this.move(pointer);
  }

  move(pointer: Pointer): void {
    if (!this.last) return;
    for (const sample of pointer.samples) this.wipe(sample);
    this.at = pointer.screen;
    this.bench.refresh();
  }

  up(): void {
    this.last = undefined;
    const ids = [...this.doomed];
    this.doomed.clear();
    if (ids.length === 0) return this.bench.refresh();
    void this.bench.session.board.erase(ids).then((outcome) => {
      this.bench.tell(outcome);
      this.bench.lifted.unfade(this.bench.scene);
    });
  }

  cancel(): void {
    this.last = undefined;
    this.doomed.clear();
    this.bench.lifted.unfade(this.bench.scene);
    this.bench.refresh();
  }

  hover(pointer: Pointer): void {
    this.at = pointer.type === "touch" ? undefined : pointer.screen;
    this.bench.refresh();
  }

  leave(): void {
    this.at = undefined;
    this.bench.refresh();
  }

  paintScreen(on: CanvasRenderingContext2D): void {
    if (!this.at) return;
    on.beginPath();
    on.arc(this.at.x, this.at.y, kReach, 0, 2 * Math.PI);
    on.fillStyle = "#ffffffcc";
    on.fill();
    on.strokeStyle = "#343a40";
    on.lineWidth = 1.5;
    on.stroke();
  }

  private wipe(to: Point): void {
    const from = this.last ?? to;
    this.last = to;
    const { scene, unit, lifted } = this.bench;
    const reach = kReach * unit;
    const area = inflated(around([from, to]) ?? { ...to, width: 0, height: 0 }, reach);
    for (const item of scene.touching(area)) {
      if (this.doomed.has(item.object.id) || !isCrossed(item.object, from, to, reach, measure)) continue;
      this.doomed.add(item.object.id);
      lifted.fade(item);
    }
  }
}
