/** A file that arrives: what was received of it, in pieces that the browser may put on its disk. */
export class ReceivedFile {
  private blobs: Blob[] = [];
  private fresh: Uint8Array<ArrayBuffer>[] = [];
  private freshSize = 0;
  private size = 0;

  /** What was there at or behind `offset` is void. */
  write(offset: number, octets: Uint8Array<ArrayBuffer>): void {
    if (offset < this.size) this.cut(offset);
    if (offset !== this.size) throw new Error("a part of the file is missing");
    this.fresh.push(octets);
    this.freshSize += octets.length;
    this.size += octets.length;
    if (this.freshSize >= kPieceOctets) this.settle();
  }

  /** Its first octets, all that is there of them. */
  take(size: number): Blob {
    this.settle();
    return new Blob(this.blobs).slice(0, size);
  }

  private settle(): void {
    if (this.freshSize === 0) return;
    this.blobs.push(new Blob(this.fresh));
    this.fresh = [];
    this.freshSize = 0;
  }

  private cut(size: number): void {
    this.blobs = [this.take(size)];
    this.size = size;
  }
}

/** Octets that are held as such; more become a Blob, which need not lie in memory. */
const kPieceOctets = 4 * 1024 * 1024;
