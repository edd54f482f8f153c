import { ApiError, type EnterOptions, type Entry, type Invitation, type Right, type Standing } from "./api";
import { readEvents } from "./event_stream";
import { ask, send, type Request } from "./http";
import { forget, hold, keep, release, type Stay } from "./kept_stay";

const FIRST_PAUSE = 500; // milliseconds until the stream of events is asked for again
const LONGEST_PAUSE = 15_000;

const isFinal = (standing: Standing): boolean => standing.state === "turnedAway" || standing.state === "removed";
const isLost = (error: unknown): boolean =>
  error instanceof ApiError && (error.code === "unauthorized" || error.code === "notFound");

/** Knocks. */
export async function enterAt(options: EnterOptions): Promise<{ stay: Stay; standing: Standing }> {
  const { conference, ...body } = options;
  const answer = await ask<{ id: string; token: string; conference: string; standing: Standing }>(
    `/conferences/${encodeURIComponent(conference)}/entries`,
    { method: "POST", body },
  );
  const stay: Stay = { id: answer.id, token: answer.token, options: { ...options, conference: answer.conference } };
  keep(stay);
  return { stay, standing: answer.standing };
}

/** A stay over HTTPS. Where the server has forgotten it, as after a restart, it knocks again as the same person. */
export class HttpEntry implements Entry {
  private readonly handlers = new Set<(standing: Standing) => void>();
  private readonly closing = new AbortController();
  private reentering: Promise<void> | undefined;

  constructor(
    private stay: Stay,
    private latest: Standing,
  ) {
    void this.listen();
  }

  static async standingOf(stay: Stay): Promise<Standing> {
    const path = `/entries/${encodeURIComponent(stay.id)}`;
    return (await ask<{ standing: Standing }>(path, { token: stay.token })).standing;
  }

  get conference(): string {
    return this.stay.options.conference;
  }
  get name(): string {
    return this.stay.options.name;
  }
  get standing(): Standing {
    return this.latest;
  }

  on(handler: (standing: Standing) => void): () => void {
    this.handlers.add(handler);
    return () => this.handlers.delete(handler);
  }

  async ticket(): Promise<string> {
    for (let tries = 0; ; ++tries) {
      await this.admission();
      try {
        const path = `/entries/${encodeURIComponent(this.stay.id)}/ticket`;
        return (await ask<{ ticket: string }>(path, { method: "POST", token: this.stay.token })).ticket;
      } catch (error) {
        if (tries > 0 || !isLost(error)) throw error;
        await this.reenter();
      }
    }
  }

  close(): void {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    forget(this.stay);
    if (isFinal(this.latest)) return;
    // The page may be going away meanwhile; the server then notices by itself.
    void send(`/entries/${encodeURIComponent(this.stay.id)}`, { method: "DELETE", token: this.stay.token }).catch(() => undefined);
  }

  admit(waiting: string): Promise<void> {
    return this.moderate(`/waiting/${encodeURIComponent(waiting)}/admit`, { method: "POST" });
  }
  turnAway(waiting: string): Promise<void> {
    return this.moderate(`/waiting/${encodeURIComponent(waiting)}`, { method: "DELETE" });
  }
  setLocked(locked: boolean): Promise<void> {
    return this.moderate("", { method: "PATCH", body: { locked } });
  }
  setWaitingRoom(waitingRoom: boolean): Promise<void> {
    return this.moderate("", { method: "PATCH", body: { waitingRoom } });
  }
  setRight(node: number, right: Right): Promise<void> {
    return this.moderate(`/nodes/${node}`, { method: "PATCH", body: { right } });
  }
  eject(node: number): Promise<void> {
    return this.moderate(`/nodes/${node}`, { method: "DELETE" });
  }
  renameNode(node: number, name: string): Promise<void> {
    return this.moderate(`/nodes/${node}`, { method: "PATCH", body: { name } });
  }
  end(): Promise<void> {
    return this.moderate("", { method: "DELETE" });
  }
  invite(options: Parameters<Entry["invite"]>[0]): Promise<Invitation & { secret: string }> {
    return ask(this.pathOf("/invitations"), { method: "POST", body: options, token: this.stay.token });
  }
  async invitations(): Promise<Invitation[]> {
    return (await ask<{ invitations: Invitation[] }>(this.pathOf("/invitations"), { token: this.stay.token })).invitations;
  }
  revoke(id: string, eject = false): Promise<void> {
    return this.moderate(`/invitations/${encodeURIComponent(id)}${eject ? "?eject=true" : ""}`, { method: "DELETE" });
  }

  private pathOf(rest: string): string {
    return `/conferences/${encodeURIComponent(this.conference)}${rest}`;
  }
  private async moderate(rest: string, request: Request): Promise<void> {
    await send(this.pathOf(rest), { ...request, token: this.stay.token });
  }

  /** Resolves once this person is let in, rejects once it is sure that it is not. */
  private async admission(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      const look = (standing: Standing): boolean => {
        if (standing.state === "waiting" && !this.closing.signal.aborted) return false;
        if (standing.state === "admitted") resolve();
        else reject(new ApiError(403, "forbidden", standing.state));
        return true;
      };
      if (look(this.latest)) return;
      const off = this.on((standing) => look(standing) && off());
      this.closing.signal.addEventListener("abort", () => look(this.latest) && off());
    });
  }

  /** The stream of events and the ticket may both find that the stay is gone; one knock is enough. */
  private reenter(): Promise<void> {
    this.reentering ??= (async () => {
      try {
        const { stay, standing } = await enterAt(this.stay.options);
        if (this.closing.signal.aborted) return forget(stay);
        release(this.stay);
        this.stay = stay;
        await hold(stay);
        this.tell(standing);
      } finally {
        this.reentering = undefined;
      }
    })();
    return this.reentering;
  }

  private tell(standing: Standing): void {
    this.latest = standing;
    for (const handler of this.handlers) handler(standing);
  }

  private async listen(): Promise<void> {
    const { signal } = this.closing;
    for (let pause = FIRST_PAUSE; !signal.aborted && !isFinal(this.latest); pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      try {
        const path = `/entries/${encodeURIComponent(this.stay.id)}/events`;
        const response = await send(path, { token: this.stay.token, signal });
        if (response.body)
          await readEvents(response.body, (event) => {
            pause = FIRST_PAUSE;
            if (event.type === "standing") this.tell(JSON.parse(event.data) as Standing);
          });
      } catch (error) {
        // The ticket tells why somebody is not let in again; here it is only tried.
        if (!signal.aborted && isLost(error)) await this.reenter().catch(() => undefined);
      }
      if (!signal.aborted && !isFinal(this.latest)) await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
