/** The file format of PDF: numbered objects, some with octets, and where each begins. */

const encoder = new TextEncoder();

export class PdfFile {
  private readonly chunks: Uint8Array[] = [];
  private readonly offsets: number[] = [];
  private length = 0;

  constructor() {
    this.put("%PDF-1.5\n%\u00e2\u00e3\n");
  }

  /** The number for an object that is written later. */
  reserve(): number {
    this.offsets.push(0);
    return this.offsets.length;
  }

  add(content: string, number = this.reserve()): number {
    this.begin(number);
    this.put(`${content}\nendobj\n`);
    return number;
  }

  /** With octets, deflated. `entries` of its dictionary, beside their length. */
  async addStream(entries: string, octets: Uint8Array | string, number = this.reserve()): Promise<number> {
    const plain = typeof octets === "string" ? encoder.encode(octets) : octets;
    const packed = await deflated(plain);
    this.begin(number);
    this.put(`<< ${entries} /Filter /FlateDecode /Length ${packed.length} >>\nstream\n`);
    this.putOctets(packed);
    this.put("\nendstream\nendobj\n");
    return number;
  }

  finish(root: number): Blob {
    const start = this.length;
    const rows = this.offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
    const size = this.offsets.length + 1;
    this.put(`xref\n0 ${size}\n0000000000 65535 f \n${rows}`);
    this.put(`trailer\n<< /Size ${size} /Root ${root} 0 R >>\nstartxref\n${start}\n%%EOF\n`);
    return new Blob(this.chunks as BlobPart[], { type: "application/pdf" });
  }

  private begin(number: number): void {
    this.offsets[number - 1] = this.length;
    this.put(`${number} 0 obj\n`);
  }
  private put(text: string): void {
    this.putOctets(encoder.encode(text));
  }
  private putOctets(octets: Uint8Array): void {
    this.chunks.push(octets);
    this.length += octets.length;
  }
}

async function deflated(octets: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([octets as BlobPart]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
