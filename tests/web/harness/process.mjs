// Programs that tests start, and that end with them.
import { spawn } from "node:child_process";
import { createServer } from "node:net";

const PATIENCE = 10_000; // milliseconds until a program that was asked to end is made to

/** Starts a program; its output is kept line by line. */
export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], ...options });
  const lines = [];
  const waiting = new Set();
  let ended = false;
  const look = () => {
    for (const one of waiting) one();
  };
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream.setEncoding("utf8");
    stream.on("data", (text) => {
      const parts = (rest + text).split("\n");
      rest = parts.pop() ?? "";
      lines.push(...parts);
      look();
    });
  }
  const exit = new Promise((resolve) => {
    child.on("error", (error) => {
      lines.push(String(error));
      ended = true;
      look();
      resolve(-1);
    });
    child.on("exit", (code) => {
      ended = true;
      look();
      resolve(code);
    });
  });
  return {
    child,
    lines,
    exit,
    write: (line) => child.stdin.write(`${line}\n`),
    /** The first line, from `from` on, that matches. */
    async line(pattern, { from = 0, timeout = 15_000 } = {}) {
      return await new Promise((resolve, reject) => {
        const fail = (why) => reject(new Error(`${command}: ${why} before ${pattern}\n${lines.slice(-40).join("\n")}`));
        const timer = setTimeout(() => {
          waiting.delete(check);
          fail("nothing came");
        }, timeout);
        const check = () => {
          const found = lines.slice(from).find((line) => pattern.test(line));
          if (found === undefined && !ended) return;
          clearTimeout(timer);
          waiting.delete(check);
          if (found === undefined) fail("it ended");
          else resolve(found);
        };
        waiting.add(check);
        check();
      });
    },
    async stop(signal = "SIGTERM") {
      if (ended) return exit;
      child.kill(signal);
      const timer = setTimeout(() => child.kill("SIGKILL"), PATIENCE);
      const code = await exit;
      clearTimeout(timer);
      return code;
    },
  };
}

/** A port of 127.0.0.1 that was free a moment ago. */
export async function freePort() {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.on("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
