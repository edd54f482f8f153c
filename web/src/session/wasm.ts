/** The C++ session behind typed functions. src/wasm/bindings.cpp is the other side. */

interface Exports {
  memory: WebAssembly.Memory;
  _initialize?: () => void;
  convene_new(now: number): number;
  convene_delete(session: number): void;
  convene_input(session: number, size: number): number;
  convene_command(session: number, json: number, octets: number, now: number): void;
  convene_opened(session: number, transport: number, now: number): void;
  convene_octets(session: number, transport: number, size: number, now: number): void;
  convene_closed(session: number, transport: number, why: number, isFinal: boolean, now: number): void;
  convene_written(session: number, transport: number, frames: number, queued: number, now: number): void;
  convene_read(session: number, file: number, size: number, now: number): void;
  convene_read_failed(session: number, file: number, now: number): void;
  convene_stored(session: number, file: number, size: number, now: number): void;
  convene_store_failed(session: number, file: number, now: number): void;
  convene_time(session: number, now: number): void;
  convene_deadline(session: number): number;
  convene_tell_board(session: number): void;
  convene_has_board_news(session: number): number;
  convene_next(session: number): number;
  convene_picture(session: number, id: number): number;
  convene_data(session: number): number;
  convene_size(session: number): number;
  convene_number(session: number): number;
  convene_extra(session: number): number;
}

/** What the session wants done. Octets are copies, the owner's to keep. */
export type Output =
  | { kind: "open" | "close"; transport: number }
  | { kind: "transmit"; transport: number; octets: Uint8Array<ArrayBuffer>; frames: number }
  | { kind: "tell"; json: string }
  | { kind: "store"; file: number; offset: number; octets: Uint8Array<ArrayBuffer> }
  | { kind: "read"; file: number; offset: number; size: number }
  | { kind: "keep"; file: number; octets: number }
  | { kind: "drop"; file: number };

/** A picture that can be shown: a JPEG file, or four octets for a pixel. */
export type ShownPicture =
  | { kind: "jpeg"; octets: Uint8Array<ArrayBuffer> }
  | { kind: "pixels"; width: number; height: number; octets: Uint8Array<ArrayBuffer> };

/** In the order of OutputKind in the bindings, whose first is none. */
const kOutputKinds = ["open", "transmit", "close", "tell", "store", "read", "keep", "drop"] as const;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Compiled once, for any number of sessions. */
export async function compileCore(source: Response | Promise<Response> | BufferSource): Promise<WebAssembly.Module> {
  if (source instanceof Response || source instanceof Promise) return WebAssembly.compileStreaming(source);
  return WebAssembly.compile(source);
}

/** One session. Every input takes the time, in milliseconds of a clock that never goes back. */
export class Core {
  private readonly exports: Exports;
  private readonly session: number;

  private constructor(instance: WebAssembly.Instance, now: number) {
    this.exports = instance.exports as unknown as Exports;
    this.exports._initialize?.();
    this.session = this.exports.convene_new(now);
  }

  static async create(module: WebAssembly.Module, now: number): Promise<Core> {
    const instance: WebAssembly.Instance = await WebAssembly.instantiate(
      module,
      importsOf(module, () => instance.exports.memory as WebAssembly.Memory),
    );
    return new Core(instance, now);
  }

  command(json: string, now: number, octets?: Uint8Array): void {
    const size = this.put(encoder.encode(json), octets);
    this.exports.convene_command(this.session, size, octets?.length ?? 0, now);
  }

  opened(transport: number, now: number): void {
    this.exports.convene_opened(this.session, transport, now);
  }

  octets(transport: number, octets: Uint8Array, now: number): void {
    this.exports.convene_octets(this.session, transport, this.put(octets), now);
  }

  closed(transport: number, why: string, isFinal: boolean, now: number): void {
    this.exports.convene_closed(this.session, transport, this.put(encoder.encode(why)), isFinal, now);
  }

  written(transport: number, frames: number, queued: number, now: number): void {
    this.exports.convene_written(this.session, transport, frames, queued, now);
  }

  read(file: number, octets: Uint8Array, now: number): void {
    this.exports.convene_read(this.session, file, this.put(octets), now);
  }

  readFailed(file: number, now: number): void {
    this.exports.convene_read_failed(this.session, file, now);
  }

  stored(file: number, size: number, now: number): void {
    this.exports.convene_stored(this.session, file, size, now);
  }

  storeFailed(file: number, now: number): void {
    this.exports.convene_store_failed(this.session, file, now);
  }

  time(now: number): void {
    this.exports.convene_time(this.session, now);
  }

  /** When time() is wanted next. */
  deadline(): number | undefined {
    const deadline = this.exports.convene_deadline(this.session);
    return deadline < 0 ? undefined : deadline;
  }

  /** Changes of the board are told when this is called. */
  tellBoard(): void {
    this.exports.convene_tell_board(this.session);
  }

  hasBoardNews(): boolean {
    return this.exports.convene_has_board_news(this.session) !== 0;
  }

  /** The next output; nothing when there is none. */
  next(): Output | undefined {
    const kind = kOutputKinds[this.exports.convene_next(this.session) - 1];
    if (!kind) return undefined;
    const number = this.exports.convene_number(this.session);
    const extra = this.exports.convene_extra(this.session);
    switch (kind) {
      case "open":
      case "close":
        return { kind, transport: number };
      case "transmit":
        return { kind, transport: number, octets: this.given().slice(), frames: extra };
      case "tell":
        return { kind, json: decoder.decode(this.given()) };
      case "store":
        return { kind, file: number, offset: extra, octets: this.given().slice() };
      case "read":
        return { kind, file: number, offset: extra, size: this.exports.convene_size(this.session) };
      case "keep":
        return { kind, file: number, octets: extra };
      case "drop":
        return { kind, file: number };
    }
  }

  picture(id: number): ShownPicture | undefined {
    const kind = this.exports.convene_picture(this.session, id);
    if (kind === 1) return { kind: "jpeg", octets: this.given().slice() };
    if (kind !== 2) return undefined;
    const width = this.exports.convene_number(this.session);
    const height = this.exports.convene_extra(this.session);
    return { kind: "pixels", width, height, octets: this.given().slice() };
  }

  /** Frees its memory; nothing may be called afterwards. */
  delete(): void {
    this.exports.convene_delete(this.session);
  }

  /** What data() shows; the view is good until the next call. */
  private given(): Uint8Array<ArrayBuffer> {
    const at = this.exports.convene_data(this.session);
    return new Uint8Array(this.exports.memory.buffer as ArrayBuffer, at, this.exports.convene_size(this.session));
  }

  /** Writes the input, and returns the size of its first part. */
  private put(first: Uint8Array, second?: Uint8Array): number {
    const at = this.exports.convene_input(this.session, first.length + (second?.length ?? 0));
    const memory = new Uint8Array(this.exports.memory.buffer);
    memory.set(first, at);
    if (second) memory.set(second, at + first.length);
    return first.length;
  }
}

/** What the module asks for: chance, a way to say what is wrong with it, and functions that have nothing to do here. */
function importsOf(module: WebAssembly.Module, memory: () => WebAssembly.Memory): WebAssembly.Imports {
  const imports: Record<string, Record<string, WebAssembly.ImportValue>> = {};
  for (const { module: from, name } of WebAssembly.Module.imports(module)) (imports[from] ??= {})[name] = () => 0;
  (imports.convene ??= {}).random = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
  const system = (imports.wasi_snapshot_preview1 ??= {});
  system.proc_exit = (code: number) => {
    throw new Error(`the session has ended itself (${code})`);
  };
  // Parts of a text: where each is, and how long.
  system.fd_write = (_file: number, parts: number, count: number, written: number) => {
    const view = new DataView(memory().buffer);
    let size = 0;
    for (let at = parts; at < parts + count * 8; at += 8) {
      const part = new Uint8Array(view.buffer, view.getUint32(at, true), view.getUint32(at + 4, true));
      if (part.length > 0) console.error(decoder.decode(part));
      size += part.length;
    }
    view.setUint32(written, size, true);
    return 0;
  };
  return imports;
}
