/** A server to administer that is not there, for tests, screenshots and the page's own development. Its token is "open". */
import { ApiError } from "../entry/api";
import type { Admin, AdminConference, AdminNode, AdminSettings, AdminStatus, SeenApplication, Traffic } from "./api";

const HOUR = 3600;
const now = () => Math.floor(Date.now() / 1000);

export class MockAdmin implements Admin {
  private list: AdminConference[] = [
    { conference: "Garden planning", running: true, participants: 4, max_users: 200, listed: true, permanent: true, since: now() - 3 * HOUR, octets: 482_000, file_octets: 3_400_000 },
    { conference: "Physics 101", running: true, participants: 23, max_users: 200, listed: true, permanent: true, since: now() - HOUR },
    { conference: "Board meeting", running: true, participants: 6, max_users: 20, listed: false, locked: true, password: true, since: now() - 600 },
    { conference: "Retrospective", running: false, last_change: now() - 50 * HOUR, octets: 96_000, file_octets: 0 },
  ];
  private people: AdminNode[] = [
    { user: 1003, name: "Amara Okafor", connection: 17, address: "192.0.2.17:50122" },
    { user: 1007, name: "Jonas Weber", connection: 21, address: "192.0.2.40:61244" },
    { user: 1011, name: "NetMeeting 3.01", connection: 22, address: "198.51.100.3:1077" },
  ];
  private asked = 0;

  constructor(private readonly token: string) {}

  async status(): Promise<AdminStatus> {
    if (this.token !== "open") throw new ApiError(401, "unauthorized", "The token is wrong.");
    return {
      listening: ["0.0.0.0:1503", "[::]:1503", "0.0.0.0:443"],
      uptime_seconds: 4 * 86_400 + 7 * HOUR,
      workers: 2,
      conferences: 3,
      participants: 33,
      connections: 34,
      draining: false,
      memory: { folder: "/var/lib/convene", file_octets: 3_400_000, disk_full: false },
    };
  }
  async traffic(): Promise<Traffic> {
    this.asked += 1;
    return { octetsIn: 812_400_000 + this.asked * 91_000, octetsOut: 9_120_400_000 + this.asked * 1_640_000, octetsQueued: 18_400, tooSlow: 1, incidents: 3, webSockets: 29 };
  }
  async conferences(): Promise<AdminConference[]> {
    return this.list;
  }
  async nodes(): Promise<AdminNode[]> {
    return this.people;
  }
  async settings(): Promise<AdminSettings> {
    return { server: { name: "Convene", listen: "0.0.0.0:1503" }, limits: { connections: "10000", users: "200", pdu_rate: "500" }, web: { listen: "0.0.0.0:443", admin_token_file: "/etc/convene/admin.token" } };
  }
  async seen(): Promise<SeenApplication[]> {
    return [{ key: "h221 b5 00 53 4c", protocol: "NetMeeting", conference: "Physics 101", node: "NetMeeting 3.01", times: 2, since: now() - HOUR }];
  }
  async reload(): Promise<void> {}
  async setLocked(conference: string, locked: boolean): Promise<void> {
    this.list = this.list.map((one) => (one.conference === conference ? { ...one, locked } : one));
  }
  async close(conference: string): Promise<void> {
    this.list = this.list.filter((one) => one.conference !== conference);
  }
  async eject(_conference: string, node: number): Promise<void> {
    this.people = this.people.filter((one) => one.user !== node);
  }
  async exportTo(_conference: string, folder: string): Promise<{ folder: string; files: number; octets: number }> {
    return { folder, files: 7, octets: 3_882_000 };
  }
  async inviteOwner(): Promise<string> {
    return "Zk3v9QmX1sYtB7nR2wLpHc8dUeJf5aGo0iKxTqVbNyM";
  }
  async capture(_conference: string, on: boolean): Promise<string | undefined> {
    return on ? "/var/lib/convene/captures/conf-1.pcap" : undefined;
  }
}
