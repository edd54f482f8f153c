/** text/event-stream, as fetch() brings it; EventSource cannot send a token. WHATWG HTML §9.2. */

export interface ServerEvent {
  type: string;
  data: string;
}

const LONGEST = 1_000_000; // characters of one event; more is no event of ours

/** Takes pieces of text, however they are cut, and gives events. */
export class EventParser {
  private rest = "";
  private type = "";
  private data: string[] = [];

  /** The events that `text` completes. */
  push(text: string): ServerEvent[] {
    this.rest += text;
    const events: ServerEvent[] = [];
    for (;;) {
      const end = /\r\n|\n|\r(?!$)/.exec(this.rest);
      if (!end) break;
      const line = this.rest.slice(0, end.index);
      this.rest = this.rest.slice(end.index + end[0].length);
      if (line === "") {
        if (this.data.length > 0) events.push({ type: this.type || "message", data: this.data.join("\n") });
        this.type = "";
        this.data = [];
      } else this.field(line);
    }
    if (this.rest.length > LONGEST) throw new RangeError("an event is too long");
    return events;
  }

  private field(line: string): void {
    const colon = line.indexOf(":");
    const name = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (name === "event") this.type = value;
    else if (name === "data") this.data.push(value);
  }
}

/** Calls `handle` with each event until the stream ends. */
export async function readEvents(body: ReadableStream<Uint8Array>, handle: (event: ServerEvent) => void): Promise<void> {
  const parser = new EventParser();
  const decoder = new TextDecoder();
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    parser.push(decoder.decode(value, { stream: true })).forEach(handle);
  }
}
