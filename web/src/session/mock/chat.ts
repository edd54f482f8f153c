import type { Chat, ChatLine, NodeId } from "../api";

/** Carries a line to the others. */
export interface ChatAround {
  deliver(text: string, to?: NodeId): boolean;
}

export class MockChat implements Chat {
  private readonly said: ChatLine[] = [];
  private next = 1;

  constructor(private readonly around: ChatAround) {}

  lines(): readonly ChatLine[] {
    return this.said;
  }
  say(text: string): void {
    this.around.deliver(text);
  }
  async sayPrivately(to: NodeId, text: string): Promise<boolean> {
    return this.around.deliver(text, to);
  }

  /** A line that has arrived, or one's own. */
  add(line: Omit<ChatLine, "number" | "isHistory">): ChatLine {
    const added: ChatLine = { ...line, number: this.next++, isHistory: false };
    this.said.push(added);
    return added;
  }
  /** Lines from before this person came. */
  addHistory(lines: readonly Pick<ChatLine, "node" | "name" | "text" | "time">[]): void {
    const first = -lines.length;
    const known = { private: false, isSelf: false, isHistory: true };
    this.said.unshift(...lines.map((line, index): ChatLine => ({ ...line, ...known, number: first + index })));
  }
  markSaved(line: ChatLine): void {
    const at = this.said.findIndex((one) => one.number === line.number);
    if (at >= 0) this.said[at] = { ...line, saved: true };
  }
}
