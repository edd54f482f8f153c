// A server of this project, and terminals that join it.
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT, temporaryFolder } from "./folders.mjs";
import { freePort, start } from "./process.mjs";

/** The program under test; undefined when it has not been built. */
export const CONVENE = [process.env.CONVENE, join(ROOT, "build/release/convene"), join(ROOT, "build/dev/convene")].find(
  (path) => path && existsSync(path),
);

const STARTUP = 20_000; // milliseconds

/** `convene serve` on free ports, with a data directory of its own and the certificate that it makes for itself. */
export class Server {
  constructor(folder, port, webPort, extra) {
    Object.assign(this, { folder, port, webPort, extra, origin: `https://127.0.0.1:${webPort}` });
  }

  static async start(context, { extra = [] } = {}) {
    const server = new Server(temporaryFolder(context), await freePort(), await freePort(), extra);
    await server.run();
    context.after(() => server.stop());
    return server;
  }

  /** Also again, after stop(): the same ports, and what was remembered. */
  async run() {
    const args = ["serve", "--listen", `127.0.0.1:${this.port}`, "--web-listen", `127.0.0.1:${this.webPort}`];
    this.process = start(CONVENE, [...args, "--data", this.folder, "--log-level", "info", ...this.extra]);
    const end = Date.now() + STARTUP;
    for (;;) {
      const answer = await this.get("/readyz").catch(() => undefined);
      if (answer === 200) return;
      if (Date.now() > end || this.process.child.exitCode !== null)
        throw new Error(`the server does not start:\n${this.process.lines.slice(-30).join("\n")}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async stop() {
    const stopped = this.process.stop();
    // A second signal ends it at once: nobody here waits for the drain.
    this.process.child.kill("SIGTERM");
    await stopped;
  }

  /** As an administrator stops it: what is under way is brought to an end. */
  async drain() {
    await this.process.stop();
  }

  /** Gone without a word, as when the power fails. */
  async kill() {
    await this.process.stop("SIGKILL");
  }

  /** The status of an answer, whoever signed the certificate. */
  async get(path) {
    const { get } = await import("node:https");
    return await new Promise((resolve, reject) => {
      const request = get(`${this.origin}${path}`, { rejectUnauthorized: false, timeout: 2000 }, (response) => {
        response.resume();
        response.on("end", () => resolve(response.statusCode));
      });
      request.on("timeout", () => request.destroy(new Error("no answer")));
      request.on("error", reject);
    });
  }

  /** The one that the server has made for itself. */
  async adminToken() {
    return (await readFile(join(this.folder, "admin-token"), "utf8")).trim();
  }

  /** Asks the JSON interface; `token` of an entry or of an administrator. */
  async api(method, path, body, token) {
    const { request } = await import("node:https");
    return await new Promise((resolve, reject) => {
      const sent = request(
        `${this.origin}/api/v1${path}`,
        {
          method,
          rejectUnauthorized: false,
          headers: { ...(body ? { "Content-Type": "application/json" } : {}), ...(token ? { Authorization: `Bearer ${token}` } : {}) },
        },
        (response) => {
          let text = "";
          response.setEncoding("utf8");
          response.on("data", (part) => (text += part));
          response.on("end", () => resolve({ status: response.statusCode, body: text ? JSON.parse(text) : undefined }));
        },
      );
      sent.on("error", reject);
      sent.end(body ? JSON.stringify(body) : undefined);
    });
  }

  room(conference, secret) {
    return `${this.origin}/c/${encodeURIComponent(conference)}${secret ? `#${secret}` : ""}`;
  }

  /** `convene join`, which takes commands and tells events as JSON. */
  async terminal(context, conference, name, { args = [] } = {}) {
    const folder = temporaryFolder(context);
    const joined = start(CONVENE, ["join", "--json", "--stay", "--name", name, "--dir", folder, ...args, `127.0.0.1:${this.port}`, conference]);
    context.after(() => joined.stop());
    const terminal = {
      folder,
      type: (line) => joined.write(line),
      events: () => joined.lines.filter((line) => line.startsWith("{")).map((line) => JSON.parse(line)),
      /** The first event of that kind that fits. */
      async event(kind, fits = () => true) {
        for (let from = 0; ; ) {
          const line = await joined.line(new RegExp(`"event":"${kind}"`), { from });
          const event = JSON.parse(line);
          if (fits(event)) return event;
          from = joined.lines.indexOf(line, from) + 1;
        }
      },
    };
    await terminal.event("ready");
    return terminal;
  }
}
