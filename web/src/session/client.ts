/** A session on the page's thread: a mirror of what the worker's node tells, and the way to tell it something. */

import type { JoinOptions, NodeId, Person, Presence, Session, SessionEvents, Status } from "./api";
import { BoardClient } from "./board_client";
import { BoardMirror } from "./board_mirror";
import { ChatClient } from "./chat_client";
import { Emitter } from "./emitter";
import { FilesClient } from "./files_client";
import type { FromWorker, NodeEvent } from "./messages";
import { type Line, Port } from "./port";

/** For what was said last to get out, when it leaves. */
const kLeaveMs = 2000;

export class SessionClient implements Session {
  status: Status = { phase: "connecting", unsaved: 0, converged: false };
  self: NodeId = 0;
  readonly board: BoardClient;
  readonly chat: ChatClient;
  readonly files: FilesClient;
  private readonly port: Port;
  private readonly mirror = new BoardMirror();
  private readonly emitter = new Emitter();
  private persons: readonly Person[] = [];
  private readonly presences = new Map<NodeId, Presence>();
  private onReady: (() => void) | undefined;
  private onUseless: ((error: Error) => void) | undefined;
  private hasEnded = false;

  constructor(
    line: Line,
    private readonly options: JoinOptions,
  ) {
    this.port = new Port(line);
    this.board = new BoardClient(this.port, this.mirror);
    this.chat = new ChatClient(this.port);
    this.files = new FilesClient(this.port);
    line.onMessage((message) => this.onMessage(message));
  }

  /** Resolves when the node is there and on its way into the conference; what becomes of that is told by `status`. */
  start(): Promise<this> {
    return new Promise((resolve, reject) => {
      this.onReady = () => {
        const { url, conference, name } = this.options;
        this.port.line.post({ type: "start", url, conference, name });
        resolve(this);
      };
      this.onUseless = reject;
    });
  }

  people(): readonly Person[] {
    return this.persons;
  }

  rename = (name: string) => this.port.send({ do: "rename", name });
  raiseHand = (up: boolean) => this.port.send({ do: "hand", up });
  reconnect = () => this.port.send({ do: "reconnect" });

  conduct(what: "take" | "release" | { passTo: NodeId }): void {
    if (typeof what === "string") this.port.send({ do: "conduct", what });
    else this.port.send({ do: "conduct", what: "pass", node: what.passTo });
  }

  async leave(): Promise<void> {
    if (this.hasEnded) return;
    await new Promise<void>((resolve) => {
      const off = this.on("status", ({ phase }) => {
        if (phase === "left" || phase === "ended") resolve();
      });
      setTimeout(() => {
        off();
        resolve();
      }, kLeaveMs);
      this.port.send({ do: "leave" });
    });
    this.end();
  }

  on<K extends keyof SessionEvents>(type: K, handler: (event: SessionEvents[K]) => void): () => void {
    return this.emitter.on(type, handler);
  }

  /** The network of this device has come back or gone. */
  onNetwork(isThere: boolean): void {
    this.port.line.post({ type: "network", isThere });
  }

  private end(): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.port.giveUp();
    this.port.line.end();
    this.files.release();
  }

  // --- what the worker says ---

  private onMessage(message: FromWorker): void {
    switch (message.type) {
      case "ready":
        return this.onReady?.();
      case "events":
        for (const json of message.events) this.onEvent(JSON.parse(json) as NodeEvent);
        return;
      case "ticketWanted":
        void this.fetchTicket(message.transport);
        return;
      case "kept":
        return this.files.onKept(message.number, message.blob);
      case "picture":
        return this.port.onPicture(message.call, message.image);
      case "broken":
        this.onUseless?.(new Error(message.detail));
        this.onStatus({ phase: "ended", why: "protocol", detail: message.detail, unsaved: this.status.unsaved, converged: false });
        this.end();
    }
  }

  private async fetchTicket(transport: number): Promise<void> {
    try {
      const ticket = await this.options.ticket();
      this.port.line.post({ type: "ticket", transport, ticket });
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.port.line.post({ type: "noTicket", transport, why, isFinal: isRefusal(error) });
    }
  }

  private onEvent(event: NodeEvent): void {
    switch (event.event) {
      case "status": {
        const { event: _, self, ...status } = event;
        this.self = self || this.self;
        return this.onStatus(status);
      }
      case "roster":
        this.persons = event.people.map((person) => this.withPresence(person));
        this.forgetPresences();
        return this.emitter.emit("roster", this.persons);
      case "presence":
        return this.onPresence(event.node, event.presence);
      case "joined":
      case "gone":
        return this.emitter.emit(event.event, event.person);
      case "board": {
        const changes = this.mirror.apply(event.changes);
        for (const change of changes) if (change.kind === "gone") this.board.forgetPicture(change.object);
        return this.emitter.emit("board", changes);
      }
      case "done":
        return this.port.onDone(event);
      case "refused":
        return this.emitter.emit("refused", { why: event.why });
      case "history":
        this.board.canUndo = event.canUndo;
        this.board.canRedo = event.canRedo;
        return this.emitter.emit("history", undefined);
      case "chat":
        this.chat.onLine(event.line);
        return this.emitter.emit("chat", event.line);
      case "past":
        this.chat.onPast(event.lines);
        return this.emitter.emit("chatChanged", undefined);
      case "saved":
        this.chat.onSaved(event.numbers);
        return this.emitter.emit("chatChanged", undefined);
      case "transfer":
        return this.emitter.emit("transfer", this.files.onTransfer(event.transfer));
      case "shelf":
        this.files.onShelf(event.files);
        return this.emitter.emit("shelf", event.files);
      case "conductor":
        return this.emitter.emit("conductor", { node: event.node, isSelf: event.isSelf });
      case "wantsToConduct":
        return this.emitter.emit("wantsToConduct", { node: event.node });
    }
  }

  private onStatus(status: Status): void {
    this.status = status;
    this.emitter.emit("status", status);
  }

  // --- presence ---

  private withPresence(person: Person): Person {
    const presence = this.presences.get(person.node);
    return presence ? { ...person, presence } : person;
  }

  private onPresence(node: NodeId, presence: Presence | undefined): void {
    if (presence) this.presences.set(node, presence);
    else this.presences.delete(node);
    this.persons = this.persons.map((person) => {
      if (person.node !== node) return person;
      const { presence: _, ...bare } = person;
      return this.withPresence(bare);
    });
    this.emitter.emit("presence", { node, presence });
  }

  private forgetPresences(): void {
    const here = new Set(this.persons.map((person) => person.node));
    for (const node of this.presences.keys()) if (!here.has(node)) this.presences.delete(node);
  }
}

/** An answer by which the server means it; what the network or a busy server did may be over in a moment. */
function isRefusal(error: unknown): boolean {
  const status = (error as { status?: unknown } | null)?.status;
  return typeof status === "number" && status >= 400 && status < 500 && status !== 408 && status !== 429;
}
