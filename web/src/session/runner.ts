/** Runs a session: carries out what it wants, and feeds it octets, files and time. Within the worker, or in a test. */

import type { ItemId, Rect } from "./api";
import { encodePicture, flatten, toBitmap } from "./image_codec";
import type { Command, FromWorker, ToWorker } from "./messages";
import { ReceivedFile } from "./received_file";
import type { Connect, Transport } from "./transport";
import type { Core, Output } from "./wasm";

/** The board is told at most so often of what others do, in milliseconds; of what this person does, at once. */
const kFrameMs = 16;
/** How often it is looked how much a transport still has to write, in milliseconds. */
const kFlowMs = 20;
/** A browser's timers end here. */
const kLongestTimerMs = 0x7fffffff;

export class Runner {
  private url = "";
  private readonly transports = new Map<number, Transport | undefined>();
  private readonly outgoing = new Map<number, Blob>();
  private readonly incoming = new Map<number, ReceivedFile>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private timerAt = Infinity;
  private boardTimer: ReturnType<typeof setTimeout> | undefined;
  private boardAt = -Infinity;
  private flowTimer: ReturnType<typeof setTimeout> | undefined;
  private isActing = false;

  constructor(
    private readonly core: Core,
    private readonly connect: Connect,
    private readonly post: (message: FromWorker, transfer?: Transferable[]) => void,
    private readonly now: () => number = () => performance.now(),
  ) {}

  receive(message: ToWorker): void {
    switch (message.type) {
      case "start":
        this.url = message.url;
        return this.start(message.conference, message.name);
      case "command":
        this.core.command(message.json, this.now());
        return this.act(true);
      case "ticket":
        return this.open(message.transport, message.ticket);
      case "noTicket":
        if (this.transports.has(message.transport)) this.closed(message.transport, message.why, message.isFinal);
        return;
      case "file":
        this.outgoing.set(message.number, message.file);
        return;
      case "putPicture":
        void this.putPicture(message.call, message.page, message.image, message.box);
        return;
      case "picture":
        void this.showPicture(message.call, message.id);
        return;
      case "network":
        return this.onNetwork(message.isThere);
    }
  }

  /** Stops everything; for tests, as a worker is just ended. */
  stop(): void {
    for (const timer of [this.timer, this.boardTimer, this.flowTimer]) clearTimeout(timer);
    for (const transport of this.transports.values()) transport?.close();
    this.transports.clear();
    this.isActing = true; // nothing is done any more
  }

  private start(conference: string, name: string): void {
    const now = this.now();
    this.command({ do: "start", address: "server", conference, name, toWall: Date.now() - now });
  }

  private command(command: Command, octets?: Uint8Array): void {
    this.core.command(JSON.stringify(command), this.now(), octets);
    this.act(true);
  }

  // --- acting ---

  /** `isOwn`: this person has done something, and is to see it at once. */
  private act(isOwn = false): void {
    if (this.isActing) return; // what a transport does within send() is seen to below
    this.isActing = true;
    const events: string[] = [];
    this.carryOut(events);
    if (this.core.hasBoardNews()) {
      const wait = this.boardAt + kFrameMs - this.now();
      if (isOwn || wait <= 0) {
        this.boardAt = this.now();
        this.core.tellBoard();
        this.carryOut(events);
      } else {
        this.boardTimer ??= setTimeout(() => {
          this.boardTimer = undefined;
          this.act();
        }, wait);
      }
    }
    if (events.length > 0) this.post({ type: "events", events });
    this.isActing = false;
    this.setTimer();
  }

  private carryOut(events: string[]): void {
    for (let output = this.core.next(); output; output = this.core.next()) {
      if (output.kind === "tell") events.push(output.json);
      else this.doOne(output);
    }
  }

  private doOne(output: Exclude<Output, { kind: "tell" }>): void {
    switch (output.kind) {
      case "open":
        this.transports.set(output.transport, undefined);
        this.post({ type: "ticketWanted", transport: output.transport });
        return;
      case "transmit":
        return this.transmit(output.transport, output.octets, output.frames);
      case "close":
        this.transports.get(output.transport)?.close();
        this.transports.delete(output.transport);
        return;
      case "store":
        return this.store(output.file, output.offset, output.octets);
      case "read":
        void this.read(output.file, output.offset, output.size);
        return;
      case "keep": {
        const file = this.incoming.get(output.file);
        this.incoming.delete(output.file);
        this.post({ type: "kept", number: output.file, blob: file?.take(output.octets) ?? new Blob() });
        return;
      }
      case "drop":
        this.incoming.delete(output.file);
        return;
    }
  }

  private setTimer(): void {
    const deadline = this.core.deadline() ?? Infinity;
    // A timer that fires too early costs less than one that is set anew after every message.
    if (deadline === Infinity || this.timerAt <= deadline) return;
    clearTimeout(this.timer);
    this.timerAt = deadline;
    const wait = Math.min(Math.max(0, Math.ceil(deadline - this.now())), kLongestTimerMs);
    this.timer = setTimeout(() => {
      this.timerAt = Infinity;
      this.core.time(this.now());
      this.act();
    }, wait);
  }

  // --- transports ---

  private open(number: number, ticket: string): void {
    if (!this.transports.has(number)) return; // it is not wanted any more
    const transport = this.connect(this.url, ticket, {
      opened: () => {
        if (this.transports.get(number) !== transport) return;
        this.core.opened(number, this.now());
        this.act();
      },
      octets: (octets) => {
        if (this.transports.get(number) !== transport) return;
        this.core.octets(number, octets, this.now());
        this.act();
      },
      closed: (why) => {
        if (this.transports.get(number) === transport) this.closed(number, why, false);
      },
    });
    this.transports.set(number, transport);
  }

  private closed(number: number, why: string, isFinal: boolean): void {
    this.transports.delete(number);
    this.core.closed(number, why, isFinal, this.now());
    this.act();
  }

  private transmit(number: number, octets: Uint8Array<ArrayBuffer>, frames: number): void {
    const transport = this.transports.get(number);
    if (!transport) return;
    transport.send(octets);
    this.core.written(number, frames, transport.queued, this.now());
    if (transport.queued > 0) this.watchFlow();
  }

  /** Tells the session when what waits to be written has become less: files go by that. */
  private watchFlow(): void {
    this.flowTimer ??= setTimeout(() => {
      this.flowTimer = undefined;
      for (const [number, transport] of this.transports) {
        if (!transport) continue;
        this.core.written(number, 0, transport.queued, this.now());
        if (transport.queued > 0) this.watchFlow();
      }
      this.act();
    }, kFlowMs);
  }

  private onNetwork(isThere: boolean): void {
    if (isThere) return this.command({ do: "reconnect" });
    // A WebSocket would notice only when a question has gone unanswered for long.
    for (const [number, transport] of [...this.transports]) {
      transport?.close();
      this.closed(number, "this device has no network", false);
    }
  }

  // --- files ---

  private store(number: number, offset: number, octets: Uint8Array<ArrayBuffer>): void {
    const file = this.incoming.get(number) ?? new ReceivedFile();
    this.incoming.set(number, file);
    try {
      file.write(offset, octets);
      this.core.stored(number, octets.length, this.now());
    } catch {
      this.core.storeFailed(number, this.now());
    }
  }

  private async read(number: number, offset: number, size: number): Promise<void> {
    try {
      const part = this.outgoing.get(number)?.slice(offset, offset + size);
      const octets = new Uint8Array(await (part ?? new Blob()).arrayBuffer());
      if (octets.length !== size) throw new Error("the file has become shorter");
      this.core.read(number, octets, this.now());
    } catch {
      this.core.readFailed(number, this.now());
    }
    this.act();
  }

  // --- pictures ---

  private async putPicture(call: number, page: ItemId, image: ImageBitmap, box: Rect): Promise<void> {
    try {
      const { form, octets } = await encodePicture(flatten(image));
      const command: Command = { do: "putPicture", call, page, picture: { ...form, box } };
      this.command(command, octets);
    } catch {
      this.post({ type: "events", events: [JSON.stringify({ event: "done", call, ok: false, why: "invalid", items: [] })] });
    }
  }

  private async showPicture(call: number, id: ItemId): Promise<void> {
    try {
      const picture = this.core.picture(id);
      const image = picture && (await toBitmap(picture));
      this.post({ type: "picture", call, ...(image ? { image } : {}) }, image ? [image] : []);
    } catch {
      this.post({ type: "picture", call });
    }
  }
}
