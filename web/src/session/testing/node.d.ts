/** As much of node's own modules as the tests of the session use. */

declare module "node:net" {
  export interface Socket {
    on(event: "connect" | "close", handler: () => void): this;
    on(event: "data", handler: (octets: Uint8Array) => void): this;
    on(event: "error", handler: (error: Error) => void): this;
    write(octets: Uint8Array): boolean;
    end(): void;
    destroy(): void;
    setNoDelay(on: boolean): this;
    readonly writableLength: number;
  }
  export function connect(port: number, host: string): Socket;
}

declare module "node:child_process" {
  interface Lines {
    on(event: "data", handler: (octets: Uint8Array) => void): void;
  }
  export interface Child {
    readonly stdout: Lines;
    readonly stderr: Lines;
    readonly stdin: { write(text: string): void; end(): void };
    kill(signal: string): boolean;
    on(event: "exit", handler: () => void): void;
    readonly exitCode: number | null;
  }
  export function spawn(program: string, args: readonly string[], options: { stdio: "pipe" }): Child;
}

declare module "node:fs" {
  export function existsSync(path: string): boolean;
  export function readFileSync(path: string): Uint8Array<ArrayBuffer>;
  export function mkdtempSync(prefix: string): string;
  export function rmSync(path: string, options: { recursive: boolean; force: boolean }): void;
  export function writeFileSync(path: string, octets: Uint8Array): void;
}

declare module "node:url" {
  export function fileURLToPath(url: URL): string;
}

declare const process: { readonly env: Record<string, string | undefined> };
