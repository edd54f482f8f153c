/** Where the others are and what they point at; and where this person is, for them. */

import type { ItemId, NodeId, Point, Session } from "../session/api";
import { colorOf } from "./people_color";
import type { BoardState } from "./state.svelte";
import { seen, toScreen, type View } from "./view";

const kGlideMs = 110; // from one place of a cursor to the next
const kTrailMs = 900; // until a place of a laser's trail has faded
const kTrailWidth = 5; // CSS pixels
const kLaserLingerMs = 250;
const kMostTrail = 400;

interface Trail {
  color: string;
  points: { x: number; y: number; time: number }[];
}
interface Other extends Trail {
  name: string;
  page: ItemId;
  from: Point;
  to: Point | undefined;
  moved: number;
  laser: boolean;
  busy: boolean;
}

export class Presences {
  private readonly others = new Map<NodeId, Other>();
  private readonly own: Trail = { color: "#e03131", points: [] };
  private cursor: Point | undefined;
  private laser = false;
  private busy = false;
  private readonly isCalm = typeof matchMedia === "function" && matchMedia("(prefers-reduced-motion: reduce)").matches;

  constructor(
    private readonly session: Session,
    private readonly state: BoardState,
    private readonly refresh: () => void,
    /** Somebody came to or left a page, or their view that is followed has moved. */
    private readonly whereabouts: (node: NodeId) => void,
  ) {}

  /** What the session says of somebody. */
  update(node: NodeId): void {
    const person = this.session.people().find((one) => one.node === node);
    const presence = person?.presence;
    const before = this.others.get(node);
    if (!person || person.isSelf || !presence) {
      if (this.others.delete(node)) this.whereabouts(node);
      return this.refresh();
    }
    const now = performance.now();
    const other: Other = before ?? {
      color: colorOf(person.name),
      points: [],
      from: presence.cursor ?? { x: 0, y: 0 },
      name: "",
      page: 0,
      to: undefined,
      moved: 0,
      laser: false,
      busy: false,
    };
    other.from = (other.page === presence.page && place(other, now, this.isCalm)) || presence.cursor || other.from;
    Object.assign(other, { name: person.name, color: colorOf(person.name) });
    Object.assign(other, { to: presence.cursor, moved: now, laser: presence.laser, busy: presence.busy });
    const hasTurned = other.page !== presence.page;
    other.page = presence.page;
    if (presence.laser && presence.cursor) push(other, presence.cursor, now);
    this.others.set(node, other);
    if (hasTurned || this.state.following === node) this.whereabouts(node);
    this.refresh();
  }

  /** All of them, after the roster has changed. */
  updateAll(): void {
    const here = new Set(this.session.people().map((person) => person.node));
    for (const node of this.others.keys()) if (!here.has(node)) this.update(node);
    for (const node of here) this.update(node);
  }

  /** Names of those who are drawing on a page. */
  drawing(page: ItemId): string[] {
    return [...this.others.values()].filter((other) => other.page === page && other.busy).map((other) => other.name);
  }

  // --- of this person ---

  hover(at: Point | undefined): void {
    this.cursor = at;
    this.send();
  }
  point(at: Point): void {
    this.laser = true;
    this.cursor = at;
    push(this.own, at, performance.now());
    this.send();
    this.refresh();
  }
  stopPointing(): void {
    setTimeout(() => {
      this.laser = false;
      this.send();
    }, kLaserLingerMs);
    this.refresh();
  }
  setBusy(busy: boolean): void {
    this.busy = busy;
    this.send();
  }
  send(): void {
    const { page, view, size } = this.state;
    const { laser, busy } = this;
    const whole = (value: number): number => Math.round(value);
    const area = seen(view, size);
    this.session.board.setPresence({
      page,
      view: { x: whole(area.x), y: whole(area.y), width: whole(area.width), height: whole(area.height) },
      ...(this.cursor && { cursor: { x: whole(this.cursor.x), y: whole(this.cursor.y) } }),
      laser,
      busy,
    });
  }

  // --- on the screen ---

  /** Above the page, in CSS pixels. Says whether something is still moving. */
  paint(on: CanvasRenderingContext2D, view: View): boolean {
    const now = performance.now();
    let isMoving = paintTrail(on, this.own, view, now, this.isCalm);
    for (const other of this.others.values()) {
      if (other.page !== this.state.page) continue;
      isMoving = paintTrail(on, other, view, now, this.isCalm) || isMoving;
      const at = place(other, now, this.isCalm);
      if (!at) continue;
      isMoving ||= now - other.moved < kGlideMs;
      if (other.laser) paintDot(on, toScreen(view, at), other.color);
      paintCursor(on, toScreen(view, at), other, !other.laser);
    }
    return isMoving;
  }
}

/** Where a cursor is on its way from one place told to the next. */
function place(other: Other, now: number, isCalm: boolean): Point | undefined {
  if (!other.to) return undefined;
  const done = isCalm ? 1 : Math.min(1, (now - other.moved) / kGlideMs);
  return { x: other.from.x + (other.to.x - other.from.x) * done, y: other.from.y + (other.to.y - other.from.y) * done };
}

function push(trail: Trail, at: Point, time: number): void {
  trail.points.push({ ...at, time });
  if (trail.points.length > kMostTrail) trail.points.shift();
}

function paintTrail(on: CanvasRenderingContext2D, trail: Trail, view: View, now: number, isCalm: boolean): boolean {
  trail.points = trail.points.filter((point) => now - point.time < kTrailMs);
  const last = trail.points.at(-1);
  if (!last) return false;
  if (isCalm) {
    // A dot that is there or is not, instead of something that fades.
    paintDot(on, toScreen(view, last), trail.color);
    return true;
  }
  on.save();
  on.strokeStyle = trail.color;
  on.lineCap = "round";
  let before: Point | undefined;
  for (const point of trail.points) {
    const left = 1 - (now - point.time) / kTrailMs;
    const at = toScreen(view, point);
    if (before) {
      on.globalAlpha = left;
      on.lineWidth = Math.max(0.5, kTrailWidth * left);
      on.beginPath();
      on.moveTo(before.x, before.y);
      on.lineTo(at.x, at.y);
      on.stroke();
    }
    before = at;
  }
  on.restore();
  return true;
}

function paintDot(on: CanvasRenderingContext2D, at: Point, color: string): void {
  on.save();
  on.fillStyle = color;
  on.globalAlpha = 0.25;
  on.beginPath();
  on.arc(at.x, at.y, 10, 0, 2 * Math.PI);
  on.fill();
  on.globalAlpha = 1;
  on.beginPath();
  on.arc(at.x, at.y, 4.5, 0, 2 * Math.PI);
  on.fill();
  on.restore();
}

const kArrow = "M0 0 L0 16.5 L4.6 12.6 L7.6 19.2 L10.6 17.8 L7.7 11.4 L13.4 11.2 Z";
const kMostName = 24;
let arrowPath: Path2D | undefined;

function paintCursor(on: CanvasRenderingContext2D, at: Point, other: Other, withArrow: boolean): void {
  arrowPath ??= new Path2D(kArrow);
  on.save();
  on.translate(Math.round(at.x), Math.round(at.y));
  if (withArrow) {
    on.lineJoin = "round";
    on.lineWidth = 3;
    on.strokeStyle = "#ffffff";
    on.stroke(arrowPath);
    on.fillStyle = other.color;
    on.fill(arrowPath);
  }
  const letters = [...other.name];
  const short = letters.length > kMostName ? `${letters.slice(0, kMostName - 1).join("")}…` : other.name;
  const name = other.busy ? `${short} ✎` : short;
  on.font = "500 12px system-ui, sans-serif";
  on.textBaseline = "middle";
  const width = on.measureText(name).width + 14;
  on.translate(12, 18);
  on.beginPath();
  on.roundRect(0, 0, width, 20, 6);
  on.fillStyle = other.color;
  on.fill();
  on.strokeStyle = "#ffffff";
  on.lineWidth = 1;
  on.stroke();
  on.fillStyle = "#ffffff";
  on.fillText(name, 7, 10.5);
  on.restore();
}
