/** The files of a session, on the page's thread. */

import type { Files, NodeId, Refused, ShelfFile, Transfer } from "./api";
import type { Port } from "./port";

/** What a browser shows without running anything in it; all else is only to be saved. */
const kHarmlessTypes: Record<string, string> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  pdf: "application/pdf",
  txt: "text/plain",
};

export class FilesClient implements Files {
  private readonly byId = new Map<number, Transfer>();
  private readonly kept = new Map<number, { url: string; content: Blob; type: string }>();
  private files: readonly ShelfFile[] = [];
  private nextFile = 2; // those that arrive have odd numbers

  constructor(private readonly port: Port) {}

  transfers(): readonly Transfer[] {
    return [...this.byId.values()];
  }

  shelf(): readonly ShelfFile[] {
    return this.files;
  }

  send(file: File, to?: NodeId[]): Promise<number | Refused> {
    const number = this.nextFile;
    this.nextFile += 2;
    this.port.line.post({ type: "file", number, file });
    const modified = Math.floor(file.lastModified / 1000);
    this.port.send({ do: "sendFile", file: number, name: file.name, size: file.size, modified, ...(to ? { to } : {}) });
    return Promise.resolve(number);
  }

  accept = (transfer: number) => this.port.send({ do: "accept", transfer });
  reject = (transfer: number) => this.port.send({ do: "reject", transfer });
  cancel = (transfer: number) => this.port.send({ do: "cancel", transfer });
  askShelf = () => this.port.send({ do: "askShelf" });
  fetch = (name: string) => this.port.send({ do: "fetch", name });

  /** All of a file is there; that its transfer is done is told next. */
  onKept(number: number, blob: Blob): void {
    const name = this.byId.get(number)?.name ?? "";
    const type = kHarmlessTypes[name.slice(name.lastIndexOf(".") + 1).toLowerCase()] ?? "application/octet-stream";
    const content = new Blob([blob], { type });
    this.kept.set(number, { url: URL.createObjectURL(content), content, type });
  }

  onTransfer(told: Transfer): Transfer {
    const transfer = { ...told, ...this.kept.get(told.id) };
    this.byId.set(told.id, transfer);
    return transfer;
  }

  onShelf(files: readonly ShelfFile[]): void {
    this.files = files;
  }

  /** What was received can no longer be had. */
  release(): void {
    for (const { url } of this.kept.values()) URL.revokeObjectURL(url);
    this.kept.clear();
  }
}
