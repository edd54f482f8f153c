/** The page's end of the line to the worker. Calls are numbered, and answered by what has their number. */

import type { Outcome } from "./api";
import type { BoardCommand, Command, FromWorker, NodeEvent, ToWorker } from "./messages";

/** What a Worker is to the page; a test has something else. */
export interface Line {
  post(message: ToWorker, transfer?: Transferable[]): void;
  onMessage(handler: (message: FromWorker) => void): void;
  end(): void;
}

export class Port {
  private nextCall = 1;
  private isOver = false;
  private readonly waiting = new Map<number, (outcome: Outcome) => void>();
  private readonly pictures = new Map<number, (image: ImageBitmap | undefined) => void>();

  constructor(readonly line: Line) {}

  send(command: Command): void {
    this.line.post({ type: "command", json: JSON.stringify(command) });
  }

  /** The outcome comes when the node has done it, or will not. */
  board(command: BoardCommand): Promise<Outcome> {
    return this.call((call) => this.send({ ...command, call }));
  }

  call(begin: (call: number) => void): Promise<Outcome> {
    if (this.isOver) return Promise.resolve({ ok: false, why: "offline" });
    const call = this.nextCall++;
    return new Promise((resolve) => {
      this.waiting.set(call, resolve);
      begin(call);
    });
  }

  picture(id: number): Promise<ImageBitmap | undefined> {
    if (this.isOver) return Promise.resolve(undefined);
    const call = this.nextCall++;
    return new Promise((resolve) => {
      this.pictures.set(call, resolve);
      this.line.post({ type: "picture", call, id });
    });
  }

  onDone(done: Extract<NodeEvent, { event: "done" }>): void {
    this.waiting.get(done.call)?.(done.ok ? { ok: true, items: done.items } : { ok: false, why: done.why ?? "invalid" });
    this.waiting.delete(done.call);
  }

  onPicture(call: number, image: ImageBitmap | undefined): void {
    this.pictures.get(call)?.(image);
    this.pictures.delete(call);
  }

  /** Nothing will be answered any more. */
  giveUp(): void {
    this.isOver = true;
    for (const resolve of this.waiting.values()) resolve({ ok: false, why: "offline" });
    for (const resolve of this.pictures.values()) resolve(undefined);
    this.waiting.clear();
    this.pictures.clear();
  }
}
