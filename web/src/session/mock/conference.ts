/** A conference in memory: sessions that join it see one another as those of a real one do. */

import type { ChatLine, ItemId, NodeId, Person, Presence, Session, SessionEvents, Status } from "../api";
import { MockBoard } from "./board";
import { MockChat } from "./chat";
import { Emitter } from "./emitter";
import { MockFiles } from "./files";
import { SharedBoard, type Step } from "./steps";

const kFirstNode = 1001;
const kSaveMs = 150;

/** Who and what is in it. */
export class MockConference {
  readonly board = new SharedBoard();
  readonly pictures = new Map<ItemId, ImageBitmap>();
  readonly shelf = new Map<string, Blob>();
  readonly sessions: MockSession[] = [];
  conductor: NodeId = 0;
  private nextNode = kFirstNode;

  constructor(hasPage = true) {
    if (!hasPage) return;
    const page = { id: this.board.newId(), width: 1024, height: 768, background: "#ffffff" };
    this.board.apply([
      { on: "page", index: 0, after: page },
      { on: "turn", after: page.id },
    ]);
  }

  join(name: string): MockSession {
    const session = new MockSession(this, this.nextNode++, name);
    this.sessions.push(session);
    for (const other of this.sessions) if (other !== session) other.events.emit("joined", session.person(other.self));
    this.rosterChanged();
    return session;
  }

  remove(session: MockSession): void {
    const at = this.sessions.indexOf(session);
    if (at < 0) return;
    this.sessions.splice(at, 1);
    for (const other of this.sessions) other.events.emit("gone", session.person(other.self));
    this.rosterChanged();
  }

  rosterChanged(): void {
    for (const session of this.sessions) session.events.emit("roster", session.people());
  }

  perform(steps: readonly Step[]): void {
    const changes = this.board.apply(steps);
    if (changes.length > 0) for (const session of this.sessions) session.events.emit("board", changes);
  }
}

/** One person's session in it, with what a test or a show needs to play with it. */
export class MockSession implements Session {
  readonly events = new Emitter();
  readonly board: MockBoard;
  readonly chat: MockChat;
  readonly files: MockFiles;
  status: Status = { phase: "joined", unsaved: 0, converged: true };
  private presence: Presence | undefined;
  private handRaised = false;

  constructor(
    private readonly conference: MockConference,
    readonly self: NodeId,
    private name: string,
  ) {
    this.board = new MockBoard(
      {
        shared: conference.board,
        pictures: conference.pictures,
        perform: (steps) => {
          conference.perform(steps);
          this.saving();
        },
        historyChanged: () => this.events.emit("history", undefined),
        present: (presence) => this.present(presence),
      },
      self,
    );
    this.chat = new MockChat({ deliver: (text, to) => this.deliver(text, to) });
    this.files = new MockFiles({
      self,
      shelf: conference.shelf,
      nameOf: (node) => conference.sessions.find((session) => session.self === node)?.name ?? "",
      offer: (from, file, to) => {
        for (const other of conference.sessions)
          if (other.files !== from && (!to || to.includes(other.self)))
            other.files.receiveOffer(file, self, to !== undefined);
      },
      changed: (transfer) => this.events.emit("transfer", transfer),
      shelfCame: (files) => this.events.emit("shelf", files),
    });
  }

  person(seenBy: NodeId): Person {
    return {
      node: this.self,
      name: this.name,
      isSelf: this.self === seenBy,
      isServer: false,
      isConvener: this.self === kFirstNode,
      isConductor: this.conference.conductor === this.self,
      applications: ["chat", "whiteboard", "files"],
      handRaised: this.handRaised,
      ...(this.presence && { presence: this.presence }),
    };
  }

  people(): readonly Person[] {
    return this.conference.sessions.map((session) => session.person(this.self));
  }
  rename(name: string): void {
    this.name = name;
    this.conference.rosterChanged();
  }
  raiseHand(up: boolean): void {
    this.handRaised = up;
    this.conference.rosterChanged();
  }
  conduct(what: "take" | "release" | { passTo: NodeId }): void {
    const { conference } = this;
    const mine = conference.conductor === this.self;
    if (what === "take" ? conference.conductor !== 0 : !mine) return;
    conference.conductor = what === "take" ? this.self : what === "release" ? 0 : what.passTo;
    for (const session of conference.sessions)
      session.events.emit("conductor", { node: conference.conductor, isSelf: conference.conductor === session.self });
    conference.rosterChanged();
  }
  async leave(): Promise<void> {
    this.conference.remove(this);
    this.setStatus({ phase: "left" });
  }
  reconnect(): void {
    this.setStatus({ phase: "joined" });
  }
  on<K extends keyof SessionEvents>(type: K, handler: (event: SessionEvents[K]) => void): () => void {
    return this.events.on(type, handler);
  }

  /** As if the connection had gone, or been refused. */
  setStatus(change: Partial<Status>): void {
    this.status = { ...this.status, ...change };
    this.events.emit("status", this.status);
  }

  private saving(): void {
    this.setStatus({ unsaved: this.status.unsaved + 1 });
    setTimeout(() => this.setStatus({ unsaved: Math.max(0, this.status.unsaved - 1) }), kSaveMs);
  }

  private present(presence: Presence | undefined): void {
    this.presence = presence;
    for (const other of this.conference.sessions)
      if (other !== this) other.events.emit("presence", { node: this.self, presence });
  }

  private deliver(text: string, to?: NodeId): boolean {
    const receivers = this.conference.sessions.filter((one) => one !== this && (to === undefined || one.self === to));
    if (to !== undefined && receivers.length === 0) return false;
    const said = { node: this.self, name: this.name, text, time: Date.now(), private: to !== undefined };
    for (const other of receivers) other.events.emit("chat", other.chat.add({ ...said, isSelf: false }));
    const own: ChatLine = this.chat.add({ ...said, isSelf: true, saved: false, ...(to !== undefined && { to }) });
    this.events.emit("chat", own);
    setTimeout(() => {
      this.chat.markSaved(own);
      this.events.emit("chatChanged", undefined);
    }, kSaveMs);
    return true;
  }
}
