/** The chat as it is read from top to bottom: lines, days, who came and went, and where the unread begins. */
import type { ChatLine } from "../session/api";
import type { Notice } from "./notices.svelte";

export type Item =
  | { kind: "line"; key: string; line: ChatLine; /** It goes on where the same person's line before ended. */ follows: boolean }
  | { kind: "notice"; key: string; notice: Notice }
  | { kind: "day"; key: string; time: number }
  | { kind: "unread"; key: string }
  | { kind: "now"; key: string }; // what is above was said before this person came

const TOGETHER = 5 * 60_000; // milliseconds between two lines that are one block

const dayOf = (time: number): string => new Date(time).toDateString();
const goesOn = (a: ChatLine | undefined, b: ChatLine): boolean =>
  a !== undefined &&
  a.node === b.node &&
  a.name === b.name &&
  a.private === b.private &&
  a.to === b.to &&
  a.isHistory === b.isHistory &&
  Math.abs(b.time - a.time) < TOGETHER;

/** `unreadAfter`: the number of the last line that had been seen when the chat was opened. */
export function timeline(lines: readonly ChatLine[], notices: readonly Notice[], unreadAfter: number, today = Date.now()): Item[] {
  const items: Item[] = [];
  let before: ChatLine | undefined;
  let day = dayOf(today);
  let next = 0;
  let marked = false;
  const noticesUpTo = (number: number) => {
    for (; next < notices.length; ++next) {
      const notice = notices[next];
      if (!notice || (notice.after ?? -Infinity) >= number) return;
      items.push({ kind: "notice", key: `n${notice.id}`, notice });
      before = undefined;
    }
  };
  for (const line of lines) {
    noticesUpTo(line.number);
    if (dayOf(line.time) !== day) {
      day = dayOf(line.time);
      items.push({ kind: "day", key: `d${line.number}`, time: line.time });
      before = undefined;
    }
    const isFirst = !line.isHistory && (before?.isHistory ?? false);
    if (!marked && line.number > unreadAfter && !line.isSelf && !line.isHistory) {
      marked = true;
      items.push({ kind: "unread", key: "unread" });
      before = undefined;
    } else if (isFirst) items.push({ kind: "now", key: "now" });
    items.push({ kind: "line", key: `l${line.number}`, line, follows: goesOn(before, line) });
    before = line;
  }
  noticesUpTo(Infinity);
  return items;
}
