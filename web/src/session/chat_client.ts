/** The chat of a session, on the page's thread. */

import type { Chat, ChatLine, NodeId } from "./api";
import type { Port } from "./port";

export class ChatClient implements Chat {
  private list: ChatLine[] = [];

  constructor(private readonly port: Port) {}

  lines(): readonly ChatLine[] {
    return this.list;
  }

  say(text: string): void {
    this.port.send({ do: "say", text });
  }

  async sayPrivately(to: NodeId, text: string): Promise<boolean> {
    return (await this.port.call((call) => this.port.send({ do: "whisper", call, to, text }))).ok;
  }

  onLine(line: ChatLine): void {
    this.list = [...this.list, line];
  }

  /** Lines of a history, before what has been heard or, after a lost connection, behind it. */
  onPast(lines: readonly ChatLine[]): void {
    this.list = [...this.list, ...lines].sort((a, b) => a.number - b.number);
  }

  onSaved(numbers: readonly number[]): void {
    const saved = new Set(numbers);
    this.list = this.list.map((line) => (saved.has(line.number) ? { ...line, saved: true } : line));
  }
}
