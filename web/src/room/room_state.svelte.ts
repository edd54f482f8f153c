/** What the room shows, kept up to date from the session and the way in. */
import type { Entry, Right, Standing } from "../entry/api";
import { announce, announceNow } from "../lib/announce.svelte";
import { harmlessName } from "../lib/harmless";
import { t } from "../lib/i18n/i18n.svelte";
import { toasts } from "../lib/toast.svelte";
import type { ChatLine, NodeId, Person, Session, ShelfFile, Status, Transfer } from "../session/api";
import { Notices } from "./notices.svelte";

export type Panel = "people" | "chat" | "files";

const SAID_ALOUD = 140; // characters of a chat line that a screen reader is given unasked
const LOOK_AGAIN = 500; // milliseconds between two looks at where everybody is

export class RoomState {
  status = $state.raw<Status>({ phase: "connecting", unsaved: 0, converged: false });
  people = $state.raw<readonly Person[]>([]);
  lines = $state.raw<readonly ChatLine[]>([]);
  transfers = $state.raw<readonly Transfer[]>([]);
  shelf = $state.raw<readonly ShelfFile[] | undefined>();
  standing = $state.raw<Standing>() as Standing;
  /** The panel beside the board, or on a phone instead of it. */
  panel = $state<Panel | undefined>();
  /** The number of the last chat line that was seen; -1 before any. */
  lastSeen = $state(-1);
  /** To whom the next chat line goes; 0: everybody. */
  addressee = $state<NodeId>(0);
  /** Who is followed on the board. */
  following = $state<NodeId | undefined>();
  readonly notices = new Notices();

  readonly self = $derived(this.people.find((person) => person.isSelf));
  readonly others = $derived(this.people.filter((person) => !person.isSelf && !person.isServer));
  /** The node that keeps what is said, drawn and shared, where there is one. */
  readonly keeper = $derived(this.people.find((person) => person.applications.includes("memory")));
  readonly mayModerate = $derived(this.standing.right === "moderate");
  readonly mayDraw = $derived(this.standing.right !== "view");
  readonly unread = $derived(
    this.lines.reduce((sum, line) => sum + Number(line.number > this.lastSeen && !line.isSelf && !line.isHistory), 0),
  );
  readonly offers = $derived(this.transfers.filter((transfer) => transfer.state === "offered").length);
  readonly handsUp = $derived(this.others.filter((person) => person.handRaised).length);

  private readonly endings: (() => void)[] = [];
  private looking: ReturnType<typeof setTimeout> | undefined;

  constructor(
    readonly session: Session,
    readonly entry: Entry,
  ) {
    this.standing = entry.standing;
    this.look();
    this.lines = [...session.chat.lines()];
    this.transfers = [...session.files.transfers()];
    this.status = session.status;
    this.listen();
  }

  end(): void {
    clearTimeout(this.looking);
    for (const ending of this.endings) ending();
  }

  nameOf(person: Pick<Person, "name">): string {
    return harmlessName(person.name, t("room.somebody"));
  }
  person(node: NodeId): Person | undefined {
    return this.people.find((person) => person.node === node);
  }
  rightOf(node: NodeId): Right | undefined {
    return this.standing.rights[node];
  }
  seen(): void {
    this.lastSeen = Math.max(this.lastSeen, this.lines.at(-1)?.number ?? -1);
  }

  /** Does something that the server may refuse, and says so. */
  async attempt(action: Promise<unknown>): Promise<boolean> {
    try {
      await action;
      return true;
    } catch (error) {
      toasts.show(`${t("room.failed")}: ${error instanceof Error ? error.message : String(error)}`, { tone: "bad" });
      return false;
    }
  }

  private look(): void {
    this.people = [...this.session.people()];
  }

  private listen(): void {
    const { session, entry } = this;
    this.endings.push(
      session.on("status", (status) => this.onStatus(status)),
      session.on("roster", () => this.onRoster()),
      session.on("presence", () => {
        this.looking ??= setTimeout(() => {
          this.looking = undefined;
          this.look();
        }, LOOK_AGAIN);
      }),
      session.on("joined", (person) => this.onCame(person, true)),
      session.on("gone", (person) => this.onCame(person, false)),
      session.on("chat", (line) => this.onChat(line)),
      session.on("chatChanged", () => (this.lines = [...session.chat.lines()])),
      session.on("transfer", (transfer) => this.onTransfer(transfer)),
      session.on("shelf", (shelf) => (this.shelf = shelf)),
      session.on("conductor", ({ node, isSelf }) => {
        const person = this.person(node);
        announce(isSelf ? t("room.youConduct") : person ? t("room.newConductor", { name: this.nameOf(person) }) : t("room.noConductor"));
      }),
      session.on("wantsToConduct", ({ node }) => {
        const person = this.person(node);
        if (!person) return;
        toasts.show(t("room.wantsToConduct", { name: this.nameOf(person) }), {
          action: { label: t("people.passLead"), run: () => session.conduct({ passTo: node }) },
        });
      }),
      entry.on((standing) => this.onStanding(standing)),
    );
  }

  private onStatus(status: Status): void {
    const before = this.status.phase;
    this.status = status;
    if (before === status.phase) return;
    if (status.phase === "reconnecting") announceNow(t("status.lost"));
    if (status.phase === "joined" && before === "reconnecting") announceNow(t("status.back"));
  }

  private onRoster(): void {
    const raised = new Set(this.people.filter((person) => person.handRaised).map((person) => person.node));
    this.look();
    for (const person of this.others)
      if (person.handRaised && !raised.has(person.node)) toasts.show(t("room.raisedHand", { name: this.nameOf(person) }));
    if (this.addressee !== 0 && !this.person(this.addressee)) this.addressee = 0;
  }

  private onCame(person: Person, here: boolean): void {
    // Losing the connection is not everybody else's leaving.
    if (this.status.phase !== "joined" || person.isSelf || person.isServer) return;
    const name = this.nameOf(person);
    this.notices.add(here ? "joined" : "gone", name, this.session.chat.lines().at(-1)?.number);
    announce(here ? t("room.joined", { name }) : t("room.gone", { name }), (count) => t("room.manyChanges", { count }));
  }

  private onChat(line: ChatLine): void {
    this.lines = [...this.session.chat.lines()];
    if (line.isSelf || line.isHistory) return;
    const said = { name: harmlessName(line.name, t("room.somebody")), text: line.text.slice(0, SAID_ALOUD) };
    announce(line.private ? t("chat.saysPrivately", said) : t("chat.says", said), (count) => t("chat.many", { count }));
  }

  private onTransfer(transfer: Transfer): void {
    const before = this.transfers.find((known) => known.id === transfer.id);
    this.transfers = [...this.session.files.transfers()];
    if (transfer.direction === "out" || before?.state === transfer.state) return;
    const file = harmlessName(transfer.name, "?");
    const show = { action: { label: t("room.files"), run: () => (this.panel = "files") } };
    if (transfer.state === "offered" && this.panel !== "files")
      toasts.show(t("files.offers", { name: harmlessName(transfer.fromName, t("room.somebody")), file }), show);
    if (transfer.state === "done") announce(t("files.arrived", { file }));
  }

  private onStanding(standing: Standing): void {
    const before = this.standing;
    this.standing = standing;
    if (before.right !== standing.right)
      toasts.show(t(standing.right === "view" ? "room.mayView" : standing.right === "draw" ? "room.mayDraw" : "room.mayModerate"));
    const known = new Set(before.waiting?.map((one) => one.id));
    for (const one of standing.waiting ?? [])
      if (!known.has(one.id))
        toasts.show(t("room.knocks", { name: harmlessName(one.name, t("room.somebody")) }), {
          action: { label: t("people.admit"), run: () => void this.attempt(this.entry.admit(one.id)) },
        });
  }
}
