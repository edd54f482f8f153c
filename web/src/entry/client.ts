/** The way in by docs/api.md. */
import { ApiError, type EnterOptions, type Entry, type ListedConference, type Lobby, type ServerInfo } from "./api";
import { ask } from "./http";
import { enterAt, HttpEntry } from "./http_entry";
import { forget, hold, kept } from "./kept_stay";

export class HttpLobby implements Lobby {
  server(): Promise<ServerInfo> {
    return ask("/server");
  }

  async conferences(): Promise<ListedConference[]> {
    return (await ask<{ conferences: ListedConference[] }>("/conferences")).conferences;
  }

  conference(name: string): Promise<ListedConference> {
    return ask(`/conferences/${encodeURIComponent(name)}`);
  }

  create(options: Parameters<Lobby["create"]>[0]): Promise<{ name: string; owner: string }> {
    return ask("/conferences", { method: "POST", body: options });
  }

  async enter(options: EnterOptions): Promise<Entry> {
    const { stay, standing } = await enterAt(options);
    await hold(stay);
    return new HttpEntry(stay, standing);
  }

  async resume(conference: string): Promise<Entry | undefined> {
    const stay = kept(conference);
    if (!stay || !(await hold(stay))) return undefined;
    try {
      return new HttpEntry(stay, await HttpEntry.standingOf(stay));
    } catch (error) {
      if (error instanceof ApiError && error.code === "unavailable") throw error;
      forget(stay);
      return undefined;
    }
  }
}
