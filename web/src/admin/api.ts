/** What administrators ask of a server: the part of docs/api that begins with /admin, as the server answers it. */

export interface AdminStatus {
  listening: string[];
  uptime_seconds: number;
  workers: number;
  conferences: number;
  participants: number;
  connections: number;
  draining: boolean;
  memory?: { folder: string; file_octets: number; disk_full: boolean; trouble?: string };
}

export interface AdminConference {
  conference: string;
  running: boolean;
  participants?: number;
  max_users?: number;
  listed?: boolean;
  locked?: boolean;
  password?: boolean;
  permanent?: boolean;
  /** Seconds since 1970, as all moments here. */
  since?: number;
  last_change?: number;
  octets?: number;
  file_octets?: number;
}

export interface AdminNode {
  user: number;
  name: string;
  connection: number;
  address?: string;
}

export interface SeenApplication {
  key: string;
  protocol: string;
  conference: string;
  node: string;
  times: number;
  since: number;
}

/** By section and name. */
export type AdminSettings = Record<string, Record<string, string>>;

/** Of the metrics, those that the page shows; absent where the server does not tell them. */
export interface Traffic {
  octetsIn: number;
  octetsOut: number;
  octetsQueued: number;
  tooSlow: number;
  incidents: number;
  webSockets: number;
}

/** All of it may fail as ApiError. */
export interface Admin {
  status(): Promise<AdminStatus>;
  traffic(): Promise<Traffic | undefined>;
  conferences(): Promise<AdminConference[]>;
  nodes(conference: string): Promise<AdminNode[]>;
  settings(): Promise<AdminSettings>;
  seen(): Promise<SeenApplication[]>;
  reload(): Promise<void>;
  setLocked(conference: string, locked: boolean): Promise<void>;
  /** Ends it; `forget` deletes what is kept of it as well. */
  close(conference: string, forget: boolean): Promise<void>;
  eject(conference: string, node: number): Promise<void>;
  exportTo(conference: string, folder: string): Promise<{ folder: string; files: number; octets: number }>;
  /** The secret of an invitation for an owner. */
  inviteOwner(conference: string): Promise<string>;
  /** The file that is captured to, when it begins. */
  capture(conference: string, on: boolean): Promise<string | undefined>;
}
