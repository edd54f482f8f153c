/**
 * The way in and what a moderator may do: plain HTTPS with JSON, the same that docs/api describes for everybody who
 * embeds Convene. The session itself (session/api.ts) is T.120 and knows nothing of it.
 */

export type Right = "view" | "draw" | "moderate"; // each has those before it

export interface ListedConference {
  name: string;
  description: string;
  participants: number;
  needsPassword: boolean;
  locked: boolean;
  waitingRoom: boolean;
  permanent: boolean;
}

export interface ServerInfo {
  product: "convene";
  version: string;
  /** Who may create conferences: whoever asks, nobody, whoever sets a password. */
  create: "open" | "configured" | "password";
  nodeName: string;
}

export interface EnterOptions {
  conference: string;
  name: string;
  password?: string;
  invitation?: string;
}

/** What GET /api/v1/server and GET /api/v1/conferences, POST /api/v1/conferences answer. */
export interface Lobby {
  server(): Promise<ServerInfo>;
  conferences(): Promise<ListedConference[]>;
  /** One of them, also when it is not listed. */
  conference(name: string): Promise<ListedConference>;
  /** `owner` is an invitation with the right to moderate that does not expire; whoever has it is never locked out. */
  create(options: { name: string; description?: string; password?: string; listed?: boolean; waitingRoom?: boolean }): Promise<{ name: string; owner: string }>;
  /** POST /api/v1/conferences/NAME/entries */
  enter(options: EnterOptions): Promise<Entry>;
  /** The stay that this tab had before it was loaded anew, if the server still knows it. */
  resume(conference: string): Promise<Entry | undefined>;
}

/** One person's stay, from the door to the leave. Failures are ApiError. */
export interface Entry {
  readonly conference: string;
  readonly name: string;
  readonly standing: Standing;
  /** A ticket for the WebSocket: once, within a minute. Waits as long as the person waits in the waiting room. */
  ticket(): Promise<string>;
  on(handler: (standing: Standing) => void): () => void;
  /** Leaves for good. */
  close(): void;

  // --- with the right to moderate ---
  admit(waiting: string): Promise<void>;
  turnAway(waiting: string): Promise<void>;
  setLocked(locked: boolean): Promise<void>;
  setWaitingRoom(on: boolean): Promise<void>;
  setRight(node: number, right: Right): Promise<void>;
  eject(node: number): Promise<void>;
  renameNode(node: number, name: string): Promise<void>;
  end(): Promise<void>;
  invite(options: { right: Right; expiresInSeconds?: number; uses?: number; note?: string }): Promise<Invitation & { secret: string }>;
  invitations(): Promise<Invitation[]>;
  /** With `eject`, those who came in by it go too. */
  revoke(id: string, eject?: boolean): Promise<void>;
}

/** What the server says of this person, and, to moderators, of those who wait. Pushed whenever it changes. */
export interface Standing {
  state: "waiting" | "admitted" | "turnedAway" | "removed";
  right: Right;
  locked: boolean;
  waitingRoom: boolean;
  /** By node; nodes of other programs are here too. To everybody. */
  rights: Record<number, Right>;
  /** To moderators. */
  waiting: { id: string; name: string; since: number }[];
}

export interface Invitation {
  id: string;
  right: Right;
  /** Date.now() of its end. */
  expires?: number;
  uses: number;
  usesLeft?: number;
  note: string;
  revoked: boolean;
  created: number;
  /** The way back for whoever made the conference, which nobody here can withdraw. */
  owner?: boolean;
}

/** An answer that is no success, by RFC 9457: `code` is stable, `message` is for people. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code:
      | "notFound"
      | "passwordNeeded"
      | "passwordWrong"
      | "unauthorized"
      | "locked"
      | "full"
      | "expired"
      | "usedUp"
      | "revoked"
      | "forbidden"
      | "exists"
      | "invalid"
      | "tooMany"
      | "unavailable",
    message: string,
  ) {
    super(message);
  }
}
