import type { Files, NodeId, Refused, ShelfFile, Transfer } from "../api";

const kStepMs = 100;
const kSteps = 20;

export interface FilesAround {
  self: NodeId;
  nameOf(node: NodeId): string;
  /** Offers it to those, or to everybody else; says whether anybody is there. */
  offer(from: MockFiles, file: File, to?: NodeId[]): void;
  changed(transfer: Transfer): void;
  shelfCame(files: readonly ShelfFile[]): void;
  shelf: Map<string, Blob>;
}

/** Files that go to the others of a mock conference, slowly enough to be seen. */
export class MockFiles implements Files {
  private readonly known = new Map<number, Transfer>();
  private readonly offered = new Map<number, Blob>();
  private next = 1;
  private shelved: ShelfFile[] = [];

  constructor(private readonly around: FilesAround) {}

  transfers(): readonly Transfer[] {
    return [...this.known.values()];
  }

  async send(file: File, to?: NodeId[]): Promise<number | Refused> {
    const id = this.next++;
    const { self } = this.around;
    this.set({
      id,
      direction: "out",
      name: file.name,
      size: file.size,
      done: 0,
      from: self,
      fromName: this.around.nameOf(self),
      state: "running",
      private: to !== undefined,
    });
    this.around.offer(this, file, to);
    this.run(id, file, () => {
      if (!to) this.around.shelf.set(file.name, file);
    });
    return id;
  }

  /** Somebody else sends this. */
  receiveOffer(file: File, from: NodeId, isPrivate: boolean): void {
    const id = this.next++;
    this.offered.set(id, file);
    this.set({
      id,
      direction: "in",
      name: file.name,
      size: file.size,
      done: 0,
      from,
      fromName: this.around.nameOf(from),
      state: "offered",
      private: isPrivate,
      type: file.type,
    });
  }

  accept(transfer: number): void {
    const blob = this.offered.get(transfer);
    const known = this.known.get(transfer);
    if (!blob || known?.state !== "offered") return;
    this.set({ ...known, state: "running" });
    this.run(transfer, blob);
  }
  reject(transfer: number): void {
    this.finish(transfer, "rejected");
  }
  cancel(transfer: number): void {
    this.finish(transfer, "cancelled");
  }

  askShelf(): void {
    const files = [...this.around.shelf].map(([name, blob]) => ({ name, size: blob.size, modified: Date.now() }));
    setTimeout(() => {
      this.shelved = files;
      this.around.shelfCame(files);
    }, kStepMs);
  }
  shelf(): readonly ShelfFile[] {
    return this.shelved;
  }
  fetch(name: string): void {
    const blob = this.around.shelf.get(name);
    if (!blob) return;
    const file = new File([blob], name, { type: blob.type });
    const id = this.next;
    this.receiveOffer(file, 0, true);
    this.accept(id);
  }

  private set(transfer: Transfer): void {
    this.known.set(transfer.id, transfer);
    this.around.changed(transfer);
  }

  private finish(id: number, state: Transfer["state"]): void {
    const known = this.known.get(id);
    if (known && ["offered", "waiting", "running"].includes(known.state)) this.set({ ...known, state });
  }

  private run(id: number, blob: Blob, whenDone?: () => void): void {
    const step = Math.max(1, Math.ceil(blob.size / kSteps));
    const timer = setInterval(() => {
      const known = this.known.get(id);
      if (known?.state !== "running") return clearInterval(timer);
      const done = Math.min(blob.size, known.done + step);
      if (done < blob.size) return this.set({ ...known, done });
      clearInterval(timer);
      const arrived = known.direction === "in" ? { verified: true, url: URL.createObjectURL(blob), content: blob } : {};
      this.set({ ...known, done, state: "done", ...arrived });
      whenDone?.();
    }, kStepMs);
  }
}
