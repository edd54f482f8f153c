/** A way in without a server, for tests, screenshots and the page's own development. No build that is shipped has it. */
import { ApiError, type EnterOptions, type Entry, type Invitation, type ListedConference, type Lobby, type Right, type ServerInfo, type Standing } from "./api";

const WORDS: Partial<Record<ApiError["code"], string>> = {
  passwordNeeded: "The conference asks for a password.",
  passwordWrong: "That is not the password.",
};

const conference = (name: string, more: Partial<ListedConference> = {}): ListedConference => ({
  name,
  description: "",
  participants: 0,
  needsPassword: false,
  locked: false,
  waitingRoom: false,
  permanent: false,
  ...more,
});

/**
 * `refuse` is how everybody is answered who knocks; `state` and `right` what those get who are not refused. The password
 * of every conference is "open".
 */
export interface MockLobbyOptions {
  refuse?: ApiError["code"];
  state?: Standing["state"];
  right?: Right;
  create?: ServerInfo["create"];
  empty?: boolean;
}

export class MockLobby implements Lobby {
  private readonly known: ListedConference[];

  constructor(private readonly options: MockLobbyOptions = {}) {
    this.known = options.empty
      ? []
      : [
          conference("Garden planning", { description: "Beds, paths and who waters when", participants: 4, permanent: true }),
          conference("Physics 101", { description: "Tuesday lecture", participants: 23, waitingRoom: true, permanent: true }),
          conference("Board meeting", { participants: 6, needsPassword: true, locked: true }),
          conference("Open house", { description: "Come and try it out", permanent: true }),
        ];
  }

  async server(): Promise<ServerInfo> {
    return { product: "convene", version: "0.1.0", create: this.options.create ?? "open", nodeName: "Convene" };
  }
  async conferences(): Promise<ListedConference[]> {
    return this.known;
  }
  async conference(name: string): Promise<ListedConference> {
    const found = this.known.find((one) => one.name === name);
    if (!found) throw new ApiError(404, "notFound", "There is no such conference.");
    return found;
  }
  async create(options: Parameters<Lobby["create"]>[0]): Promise<{ name: string; owner: string }> {
    if (this.known.some((one) => one.name === options.name)) throw new ApiError(409, "exists", "There is one of that name.");
    this.known.push(conference(options.name, { description: options.description ?? "", needsPassword: !!options.password }));
    return { name: options.name, owner: "owner-secret" };
  }
  async enter(options: EnterOptions): Promise<Entry> {
    const { refuse } = this.options;
    const wanted = this.known.find((one) => one.name === options.conference);
    if (refuse) throw new ApiError(403, refuse, WORDS[refuse] ?? refuse);
    if (wanted?.needsPassword && !options.invitation && options.password !== "open") {
      const code = options.password ? "passwordWrong" : "passwordNeeded";
      throw new ApiError(401, code, WORDS[code] ?? code);
    }
    return new MockEntry(options.conference, options.name, this.options.state ?? "admitted", this.options.right ?? "moderate");
  }
  async resume(): Promise<undefined> {
    return undefined;
  }
}

const FIRST_NODE = 1001;
const DAY = 86_400_000;

export class MockEntry implements Entry {
  standing: Standing;
  private readonly handlers = new Set<(standing: Standing) => void>();
  private given: Invitation[] = [];

  constructor(
    readonly conference: string,
    readonly name: string,
    state: Standing["state"],
    right: Right,
  ) {
    this.standing = {
      state,
      right,
      locked: false,
      waitingRoom: true,
      rights: { [FIRST_NODE]: right, [FIRST_NODE + 1]: "draw", [FIRST_NODE + 2]: "draw", [FIRST_NODE + 3]: "view" },
      waiting: right === "moderate" ? [{ id: "w1", name: "Priya Raman", since: Date.now() - 40_000 }] : [],
    };
  }

  /** As if the server had told it. */
  set(change: Partial<Standing>): void {
    this.standing = { ...this.standing, ...change };
    for (const handler of this.handlers) handler(this.standing);
  }

  async ticket(): Promise<string> {
    return "ticket";
  }
  on(handler: (standing: Standing) => void): () => void {
    this.handlers.add(handler);
    return () => this.handlers.delete(handler);
  }
  close(): void {
    this.handlers.clear();
  }
  async admit(id: string): Promise<void> {
    await this.turnAway(id);
  }
  async turnAway(id: string): Promise<void> {
    this.set({ waiting: this.standing.waiting.filter((one) => one.id !== id) });
  }
  async setLocked(locked: boolean): Promise<void> {
    this.set({ locked });
  }
  async setWaitingRoom(waitingRoom: boolean): Promise<void> {
    this.set({ waitingRoom });
  }
  async setRight(node: number, right: Right): Promise<void> {
    this.set({ rights: { ...this.standing.rights, [node]: right } });
  }
  async eject(): Promise<void> {}
  async renameNode(): Promise<void> {}
  async end(): Promise<void> {
    this.set({ state: "removed" });
  }
  async invite(options: Parameters<Entry["invite"]>[0]): Promise<Invitation & { secret: string }> {
    const invitation: Invitation = {
      id: `i${this.given.length}`,
      right: options.right,
      uses: 0,
      note: options.note ?? "",
      revoked: false,
      created: Date.now() - DAY,
      ...(options.expiresInSeconds ? { expires: Date.now() + options.expiresInSeconds * 1000 } : {}),
      ...(options.uses ? { usesLeft: options.uses } : {}),
    };
    this.given = [...this.given, invitation];
    return { ...invitation, secret: "Zk3v9QmX1sYtB7nR2wLpHc8dUeJf5aGo0iKxTqVbNyM" };
  }
  async invitations(): Promise<Invitation[]> {
    return this.given;
  }
  async revoke(id: string): Promise<void> {
    this.given = this.given.map((one) => (one.id === id ? { ...one, revoked: true } : one));
  }
}

/** What the address of the page asks for: `?mock&refuse=locked`, `?mock&state=waiting&right=view`. */
export function mockLobby(query: URLSearchParams): Lobby {
  const value = (name: string) => query.get(name) ?? undefined;
  return new MockLobby({
    refuse: value("refuse") as MockLobbyOptions["refuse"],
    state: value("state") as MockLobbyOptions["state"],
    right: value("right") as MockLobbyOptions["right"],
    create: value("create") as MockLobbyOptions["create"],
    empty: query.get("mock") === "empty",
  });
}
