/** A server and a terminal of this project, as processes, for tests under node. */

import { type Child, spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const first = (paths: (string | undefined)[]) => paths.find((path) => path !== undefined && existsSync(path));

/** Where the program is; nothing when it has not been built. */
export const program = first([
  process.env.CONVENE_PROGRAM,
  here("../../../../build/release/convene"),
  here("../../../../build/dev/convene"),
]);

/** Where the session compiled to WebAssembly is; nothing when it has not been built. */
export const wasm = first([
  process.env.CONVENE_WASM_DIR && `${process.env.CONVENE_WASM_DIR}/convene_session.wasm`,
  here("../../../../build/web/convene_session.wasm"),
]);

const decoder = new TextDecoder();

/** Calls `handler` with each line. */
function eachLine(lines: Child["stdout"], handler: (line: string) => void): void {
  let rest = "";
  lines.on("data", (octets) => {
    const parts = (rest + decoder.decode(octets)).split("\n");
    rest = parts.pop() ?? "";
    for (const line of parts) handler(line);
  });
}

/** A server with a memory, on a port of its own choice; of 127.0.0.1. */
export class TestServer {
  port = 0;
  private readonly directory = mkdtempSync("/tmp/convene-session-");
  private child: Child | undefined;

  /** Again on the same port, with what it remembers, after stop(). */
  async start(): Promise<void> {
    const listen = `127.0.0.1:${this.port}`;
    const child = spawn(program ?? "", ["serve", "--listen", listen, "--data", this.directory, "--log-format", "json"], {
      stdio: "pipe",
    });
    this.child = child;
    await new Promise<void>((resolve, reject) => {
      child.on("exit", () => reject(new Error("the server has ended")));
      const find = (line: string) => {
        // For browsers it listens as well, which is of no interest here.
        if (line.includes('"for":"https"')) return;
        const port = /"server-listening","addr":"127\.0\.0\.1:(\d+)"/.exec(line)?.[1];
        if (port === undefined) return;
        this.port = Number(port);
        resolve();
      };
      eachLine(child.stdout, find);
      eachLine(child.stderr, find);
    });
  }

  async stop(): Promise<void> {
    const child = this.child;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise<void>((resolve) => child.on("exit", resolve));
    child.kill("SIGKILL"); // as the power goes; who is told to stop ends the conference first
    await gone;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** `convene join`: commands in, events out. */
export class Terminal {
  readonly events: Record<string, unknown>[] = [];
  private readonly child: Child;

  constructor(server: TestServer, conference: string, name: string, directory = "/tmp") {
    const args = ["join", "--json", "--stay", "--name", name, "--dir", directory, `127.0.0.1:${server.port}`, conference];
    this.child = spawn(program ?? "", args, { stdio: "pipe" });
    eachLine(this.child.stdout, (line) => this.events.push(JSON.parse(line) as Record<string, unknown>));
  }

  type(line: string): void {
    this.child.stdin.write(`${line}\n`);
  }

  all(event: string): Record<string, unknown>[] {
    return this.events.filter((each) => each.event === event);
  }

  async leave(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const gone = new Promise<void>((resolve) => this.child.on("exit", resolve));
    this.child.kill("SIGTERM");
    await gone;
  }
}
