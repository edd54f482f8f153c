/**
 * The one path of pointers: mouse, pen and touch come in as they are, tools hear of strokes alone. Fingers pan and zoom
 * when there are two of them, or when a pen has been seen: then a palm on the glass does nothing from the first moment.
 */

import type { Point } from "../session/api";
import { distance } from "./model/geometry";
import type { Pointer, Sample, Tool } from "./tools/tool";
import { toPage, type View } from "./view";

const kWheelLine = 16; // CSS pixels of a line, where wheels count in those
const kWheelZoom = 0.0022; // how much one CSS pixel of the wheel zooms
const kMostWheel = 60;
const kDoubleMs = 400;
const kDoubleReach = 8; // CSS pixels
const kTapMs = 250;
const kTapReach = 14;
const kMiddleMs = 300;
/** CSS pixels: a touch wider than this is a palm. */
const kPalm = 60;

export interface InputTarget {
  view(): View;
  pan(by: Point): void;
  zoomAt(factor: number, at: Point): void;
  tool(): Tool;
  /** The hand, or space is held. */
  isPanning(): boolean;
  /** Whether a stroke may begin. */
  begins(): boolean;
  strokes(isOn: boolean): void;
  hovers(at: Point | undefined): void;
  menu(at: Point): void;
  undo(): void;
  /** How the pointer is to look now. */
  showCursor(): void;
}

interface Touch {
  at: Point;
  start: Point;
}

export class Input {
  private readonly touches = new Map<number, Touch>();
  private stroke: { id: number; type: Pointer["type"] } | undefined;
  private panning: { id: number; last: Point } | undefined;
  private pinch: { middle: Point; span: number } | undefined;
  private twoFingers: { time: number; hasMoved: boolean } | undefined;
  private hasSeenPen = false;
  private lastClick: { at: Point; time: number } | undefined;
  private middle = -Infinity;
  private readonly ends = new AbortController();

  constructor(
    private readonly element: HTMLElement,
    private readonly target: InputTarget,
  ) {
    const { signal } = this.ends;
    const on = <K extends keyof HTMLElementEventMap>(type: K, handler: (event: HTMLElementEventMap[K]) => void): void =>
      element.addEventListener(type, handler, { signal, passive: false });
    on("pointerdown", (event) => this.down(event));
    on("pointermove", (event) => this.move(event));
    on("pointerup", (event) => this.up(event));
    on("pointercancel", (event) => this.abort(event));
    on("lostpointercapture", (event) => this.stroke?.id === event.pointerId && this.abort(event));
    on("pointerleave", () => {
      if (this.stroke) return;
      target.tool().leave?.();
      target.hovers(undefined);
    });
    on("wheel", (event) => this.wheel(event));
    on("contextmenu", (event) => {
      event.preventDefault();
      // A long press of a finger that draws is no wish for a menu.
      if (!this.stroke || this.stroke.type === "mouse") target.menu(this.place(event));
    });
    // Safari selects text on a long press whatever the style says.
    on("touchstart", (event) => event.preventDefault());
  }

  destroy(): void {
    this.ends.abort();
  }

  /** Whether an event, of the clipboard, comes from the middle button. */
  isOfMiddleButton(event: Event): boolean {
    return event.timeStamp - this.middle < kMiddleMs;
  }

  /** Escape, or another tool. */
  cancel(): void {
    if (!this.stroke) return;
    this.stroke = undefined;
    this.target.tool().cancel?.();
    this.target.strokes(false);
  }

  /** Another page: what has been drawn until now stays where it was drawn. */
  finish(): void {
    if (!this.stroke) return;
    this.stroke = undefined;
    const tool = this.target.tool();
    if (tool.finish) tool.finish();
    else tool.cancel?.();
    this.target.strokes(false);
  }

  private down(event: PointerEvent): void {
    const at = this.place(event);
    if (event.pointerType === "pen") this.penComes();
    if (event.pointerType === "touch") {
      if (this.stroke?.type === "pen" || Math.max(event.width, event.height) > kPalm) return;
      this.touches.set(event.pointerId, { at, start: at });
      if (this.touches.size === 2) return this.beginPinch();
      if (this.touches.size > 2) return;
    }
    if (this.stroke || this.panning) return;
    this.element.setPointerCapture(event.pointerId);
    const isFingerWithPen = event.pointerType === "touch" && this.hasSeenPen;
    if (event.button === 1 || this.target.isPanning() || isFingerWithPen) {
      event.preventDefault();
      this.panning = { id: event.pointerId, last: at };
      this.target.showCursor();
      return;
    }
    if (event.button !== 0 || !this.target.begins()) return;
    this.stroke = { id: event.pointerId, type: typeOf(event) };
    this.target.strokes(true);
    this.target.tool().down?.(this.pointer(event, [event]));
  }

  private move(event: PointerEvent): void {
    const at = this.place(event);
    const touch = this.touches.get(event.pointerId);
    if (touch) touch.at = at;
    if (this.pinch) {
      if (touch && distance(touch.start, at) > kTapReach && this.twoFingers) this.twoFingers.hasMoved = true;
      return this.movePinch();
    }
    if (this.panning?.id === event.pointerId) {
      this.target.pan({ x: at.x - this.panning.last.x, y: at.y - this.panning.last.y });
      this.panning.last = at;
      return;
    }
    if (this.stroke?.id === event.pointerId) {
      const all = event.getCoalescedEvents();
      this.target.tool().move?.(this.pointer(event, all.length > 0 ? all : [event]));
      this.target.hovers(toPage(this.target.view(), at));
      return;
    }
    if (this.stroke || event.pointerType === "touch") return;
    if (event.pointerType === "pen") this.hasSeenPen = true;
    this.target.tool().hover?.(this.pointer(event, [event]));
    this.target.showCursor();
    this.target.hovers(toPage(this.target.view(), at));
  }

  private up(event: PointerEvent): void {
    // On Linux the middle button pastes what is marked somewhere; here it has moved the page.
    if (event.button === 1) this.middle = event.timeStamp;
    this.touches.delete(event.pointerId);
    if (this.twoFingers) return this.endPinch();
    if (this.panning?.id === event.pointerId) {
      this.panning = undefined;
      this.target.showCursor();
      return;
    }
    if (this.stroke?.id !== event.pointerId) return;
    this.stroke = undefined;
    const pointer = this.pointer(event, [event]);
    this.target.tool().up?.(pointer);
    this.target.strokes(false);
    const isDouble =
      this.lastClick &&
      event.timeStamp - this.lastClick.time < kDoubleMs &&
      distance(this.lastClick.at, pointer.screen) < kDoubleReach;
    this.lastClick = isDouble ? undefined : { at: pointer.screen, time: event.timeStamp };
    if (isDouble) this.target.tool().double?.(pointer);
  }

  private abort(event: PointerEvent): void {
    this.touches.delete(event.pointerId);
    if (this.twoFingers) this.endPinch();
    if (this.panning?.id === event.pointerId) this.panning = undefined;
    if (this.stroke?.id === event.pointerId) this.cancel();
  }

  /** Whatever fingers or the palm were doing was not meant. */
  private penComes(): void {
    this.hasSeenPen = true;
    this.touches.clear();
    this.pinch = undefined;
    this.twoFingers = undefined;
    this.panning = undefined;
    if (this.stroke?.type === "touch") this.cancel();
  }

  private beginPinch(): void {
    this.cancel();
    this.panning = undefined;
    this.pinch = this.spread();
    this.twoFingers = { time: performance.now(), hasMoved: false };
  }

  private movePinch(): void {
    const next = this.spread();
    if (!this.pinch || !next) return;
    this.target.pan({ x: next.middle.x - this.pinch.middle.x, y: next.middle.y - this.pinch.middle.y });
    if (this.pinch.span > 0 && next.span > 0) this.target.zoomAt(next.span / this.pinch.span, next.middle);
    this.pinch = next;
  }

  private endPinch(): void {
    this.pinch = this.touches.size >= 2 ? this.spread() : undefined;
    if (this.touches.size > 0 || !this.twoFingers) return;
    // A tap with two fingers takes back.
    if (!this.twoFingers.hasMoved && performance.now() - this.twoFingers.time < kTapMs) this.target.undo();
    this.twoFingers = undefined;
  }

  private spread(): { middle: Point; span: number } | undefined {
    const [a, b] = [...this.touches.values()];
    if (!a || !b) return undefined;
    return { middle: { x: (a.at.x + b.at.x) / 2, y: (a.at.y + b.at.y) / 2 }, span: distance(a.at, b.at) };
  }

  private wheel(event: WheelEvent): void {
    event.preventDefault();
    const unit = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? kWheelLine : 1;
    const by = { x: event.deltaX * unit, y: event.deltaY * unit };
    if (event.ctrlKey || event.metaKey) {
      // Pads tell a pinch this way, in small steps; wheels in large ones.
      const step = Math.max(-kMostWheel, Math.min(kMostWheel, by.y)) * (Math.abs(by.y) < 20 ? 4 : 1);
      return this.target.zoomAt(Math.exp(-step * kWheelZoom), this.place(event));
    }
    if (event.shiftKey && by.x === 0) this.target.pan({ x: -by.y, y: 0 });
    else this.target.pan({ x: -by.x, y: -by.y });
  }

  private place(event: MouseEvent): Point {
    const box = this.element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  private pointer(event: PointerEvent, all: PointerEvent[]): Pointer {
    const view = this.target.view();
    const box = this.element.getBoundingClientRect();
    const sample = (one: PointerEvent): Sample => ({
      ...toPage(view, { x: one.clientX - box.left, y: one.clientY - box.top }),
      pressure: one.pointerType === "pen" ? one.pressure : 0.5,
    });
    const screen = { x: event.clientX - box.left, y: event.clientY - box.top };
    return {
      at: toPage(view, screen),
      screen,
      type: typeOf(event),
      samples: all.map(sample),
      predicted: event.type === "pointermove" ? event.getPredictedEvents().map(sample) : [],
      shift: event.shiftKey,
      alt: event.altKey,
      ctrl: event.ctrlKey || event.metaKey,
    };
  }
}

function typeOf(event: PointerEvent): Pointer["type"] {
  return event.pointerType === "pen" || event.pointerType === "touch" ? event.pointerType : "mouse";
}
