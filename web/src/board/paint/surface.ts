/** What a page is drawn on: a canvas for what lies still, and one above it for what moves. */

import type { Size, View } from "../view";
import { Layer } from "./layer";
import type { Tiles, Window } from "./tiles";

/** How long after the last change of size the page is painted in the new one. */
const kSettleMs = 140;

export interface Scenery {
  /** Below the tiles, in pixels of the screen. */
  ground(on: CanvasRenderingContext2D, window: Window): void;
  /** Above them. */
  edges(on: CanvasRenderingContext2D, window: Window): void;
  /** Above that, in coordinates of the page. */
  page(on: CanvasRenderingContext2D, view: View): void;
  /** Above all, in CSS pixels. */
  screen(on: CanvasRenderingContext2D, view: View): void;
  /** Everything that is seen of the page has been painted. */
  painted(): void;
}

export class Surface {
  private readonly still: Layer;
  private readonly live: Layer;
  private view: View = { x: 0, y: 0, scale: 1 };
  /** In CSS pixels. */
  private size: Size = { width: 1, height: 1 };
  /** Pixels of the screen to a CSS pixel. */
  private ratio = 1;
  private settled = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private wanted: { still: boolean; live: boolean } = { still: false, live: false };
  private frame = 0;

  constructor(
    container: HTMLDivElement,
    private readonly tiles: Tiles,
    private readonly scenery: Scenery,
  ) {
    this.still = new Layer(container);
    this.live = new Layer(container);
  }

  resize(size: Size): void {
    this.size = { width: Math.max(1, size.width), height: Math.max(1, size.height) };
    this.ratio = devicePixelRatio;
    this.request("still");
  }

  look(view: View): void {
    if (view.scale !== this.view.scale) {
      this.settled = performance.now() + kSettleMs;
      clearTimeout(this.settling);
      this.settling = setTimeout(() => this.request("still"), kSettleMs + 10);
    }
    this.view = view;
    this.request("still");
  }

  /** Draws with the next frame: "still" what lies on the page, and in any case what moves above it. */
  request(what: "still" | "live"): void {
    this.wanted[what] = true;
    this.frame ||= requestAnimationFrame(() => this.draw());
  }

  destroy(): void {
    cancelAnimationFrame(this.frame);
    clearTimeout(this.settling);
    this.frame = -1;
    this.still.remove();
    this.live.remove();
  }

  private draw(): void {
    const { still } = this.wanted;
    this.frame = 0;
    this.wanted = { still: false, live: false };
    const { window, ratio } = this;
    if (still) this.still.draw(window, ratio, (on) => this.drawStill(on, window));
    this.live.draw(window, ratio, (on) => this.drawLive(on, window));
  }

  /** Where the page is on the screen, on whole pixels. */
  private get window(): Window {
    const scale = this.view.scale * this.ratio;
    return {
      origin: { x: Math.round(this.view.x * scale), y: Math.round(this.view.y * scale) },
      scale,
      width: Math.ceil(this.size.width * this.ratio),
      height: Math.ceil(this.size.height * this.ratio),
    };
  }

  private drawStill(on: CanvasRenderingContext2D, window: Window): void {
    this.scenery.ground(on, window);
    const isBusy = this.tiles.draw(on, window, performance.now() < this.settled);
    this.scenery.edges(on, window);
    if (isBusy) this.request("still");
    else this.scenery.painted();
  }

  private drawLive(on: CanvasRenderingContext2D, window: Window): void {
    on.setTransform(window.scale, 0, 0, window.scale, -window.origin.x, -window.origin.y);
    this.scenery.page(on, this.view);
    on.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.scenery.screen(on, this.view);
  }
}
