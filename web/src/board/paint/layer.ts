/** A canvas as large as the board, in pixels of the screen. */

import type { Size } from "../view";

export class Layer {
  private readonly canvas = document.createElement("canvas");
  private readonly on = this.canvas.getContext("2d");

  constructor(container: HTMLElement) {
    Object.assign(this.canvas.style, { position: "absolute", inset: "0 auto auto 0" });
    container.append(this.canvas);
  }

  /** `size` in pixels of the screen, `ratio` of which are one CSS pixel. */
  draw({ width, height }: Size, ratio: number, paint: (on: CanvasRenderingContext2D) => void): void {
    const { canvas, on } = this;
    if (!on) return;
    // Only here, as it also empties the canvas: nobody is to see that.
    if (canvas.width !== width || canvas.height !== height) [canvas.width, canvas.height] = [width, height];
    // A pixel is to be one of the screen's, also where a CSS pixel is not a whole number of them.
    Object.assign(canvas.style, { width: `${width / ratio}px`, height: `${height / ratio}px` });
    on.clearRect(0, 0, width, height);
    on.save();
    paint(on);
    on.restore();
  }

  remove(): void {
    this.canvas.remove();
  }
}
