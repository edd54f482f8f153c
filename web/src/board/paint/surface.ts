/** The stage that a page is drawn on: what stays below, what moves above. */

import { Layer } from "konva/lib/Layer.js";
import { Shape } from "konva/lib/Shape.js";
import { Stage } from "konva/lib/Stage.js";
import type { Size, View } from "../view";
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
  private readonly stage: Stage;
  private readonly still = new Layer({ listening: false });
  private readonly live = new Layer({ listening: false });
  private view: View = { x: 0, y: 0, scale: 1 };
  private size: Size = { width: 1, height: 1 };
  private settled = 0;
  private settling: ReturnType<typeof setTimeout> | undefined;
  private wanted: { still: boolean; live: boolean } = { still: false, live: false };
  private frame = 0;

  constructor(
    container: HTMLDivElement,
    private readonly tiles: Tiles,
    private readonly scenery: Scenery,
  ) {
    this.stage = new Stage({ container, width: 1, height: 1, listening: false });
    this.still.add(new Shape({ sceneFunc: (context) => this.drawStill(context._context) }));
    this.live.add(new Shape({ sceneFunc: (context) => this.drawLive(context._context) }));
    this.stage.add(this.still, this.live);
  }

  resize(size: Size): void {
    this.size = size;
    this.stage.size({ width: Math.max(1, size.width), height: Math.max(1, size.height) });
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
    this.stage.destroy();
  }

  private draw(): void {
    const { still } = this.wanted;
    this.frame = 0;
    this.wanted = { still: false, live: false };
    if (still) this.still.draw();
    this.live.draw();
  }

  private get ratio(): number {
    return this.still.getCanvas().getPixelRatio();
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

  private drawStill(on: CanvasRenderingContext2D): void {
    const { window } = this;
    on.save();
    on.setTransform(1, 0, 0, 1, 0, 0);
    this.scenery.ground(on, window);
    const isBusy = this.tiles.draw(on, window, performance.now() < this.settled);
    this.scenery.edges(on, window);
    on.restore();
    if (isBusy) this.request("still");
    else this.scenery.painted();
  }

  private drawLive(on: CanvasRenderingContext2D): void {
    const { window, ratio } = this;
    on.save();
    on.setTransform(window.scale, 0, 0, window.scale, -window.origin.x, -window.origin.y);
    this.scenery.page(on, this.view);
    on.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.scenery.screen(on, this.view);
    on.restore();
  }
}
