import { ask, send, type Request } from "../entry/http";
import type { Admin, AdminConference, AdminNode, AdminSettings, AdminStatus, SeenApplication, Traffic } from "./api";
import { sample } from "./metrics";

/** Over HTTPS, with the administrators' token. */
export class HttpAdmin implements Admin {
  constructor(private readonly token: string) {}

  status(): Promise<AdminStatus> {
    return this.ask("/status");
  }
  async traffic(): Promise<Traffic | undefined> {
    const response = await fetch("/metrics", { cache: "no-store", headers: { Authorization: `Bearer ${this.token}` } });
    if (!response.ok) return undefined;
    const text = await response.text();
    return {
      octetsIn: sample(text, "convene_t120_octets_total", { direction: "in" }),
      octetsOut: sample(text, "convene_t120_octets_total", { direction: "out" }),
      octetsQueued: sample(text, "convene_t120_queued_octets"),
      tooSlow: sample(text, "convene_t120_too_slow_total"),
      incidents: sample(text, "convene_t120_protocol_incidents_total"),
      webSockets: sample(text, "convene_web_open", { kind: "websocket" }),
    };
  }
  async conferences(): Promise<AdminConference[]> {
    return (await this.ask<{ conferences: AdminConference[] }>("/conferences")).conferences;
  }
  async nodes(conference: string): Promise<AdminNode[]> {
    return (await this.ask<{ participants: AdminNode[] }>(`${pathOf(conference)}/nodes`)).participants;
  }
  async settings(): Promise<AdminSettings> {
    return (await this.ask<{ settings: AdminSettings }>("/settings")).settings;
  }
  async seen(): Promise<SeenApplication[]> {
    return (await this.ask<{ applications: SeenApplication[] }>("/seen")).applications;
  }
  async reload(): Promise<void> {
    await this.send("/reload", { method: "POST" });
  }
  async setLocked(conference: string, locked: boolean): Promise<void> {
    await this.send(pathOf(conference), { method: "PATCH", body: { locked } });
  }
  async close(conference: string, forget: boolean): Promise<void> {
    await this.send(`${pathOf(conference)}${forget ? "?forget=true" : ""}`, { method: "DELETE" });
  }
  async eject(conference: string, node: number): Promise<void> {
    await this.send(`${pathOf(conference)}/nodes/${node}`, { method: "DELETE" });
  }
  exportTo(conference: string, folder: string): Promise<{ folder: string; files: number; octets: number }> {
    return this.ask(`${pathOf(conference)}/export`, { method: "POST", body: { folder } });
  }
  async inviteOwner(conference: string): Promise<string> {
    const body = { right: "moderate", owner: true };
    return (await this.ask<{ secret: string }>(`${pathOf(conference)}/invitations`, { method: "POST", body })).secret;
  }
  async capture(conference: string, on: boolean): Promise<string | undefined> {
    return (await this.ask<{ file?: string }>(`${pathOf(conference)}/capture`, { method: "POST", body: { on } })).file;
  }

  private ask<T>(path: string, request: Request = {}): Promise<T> {
    return ask(`/admin${path}`, { ...request, token: this.token });
  }
  private send(path: string, request: Request): Promise<Response> {
    return send(`/admin${path}`, { ...request, token: this.token });
  }
}

const pathOf = (conference: string): string => `/conferences/${encodeURIComponent(conference)}`;
