/** Who came and went, as it stands between the lines of the chat. */

export interface Notice {
  id: number;
  kind: "joined" | "gone";
  names: string[];
  time: number;
  /** The number of the chat line that it follows; none: it is before all. */
  after: number | undefined;
}

const AT_MOST = 200;
const TOGETHER = 10_000; // milliseconds within which the same of several people is one notice

export class Notices {
  all = $state.raw<readonly Notice[]>([]);
  private lastId = 0;

  add(kind: Notice["kind"], name: string, after: number | undefined, now = Date.now()): void {
    const last = this.all.at(-1);
    if (last && last.kind === kind && last.after === after && now - last.time < TOGETHER) {
      const names = [...last.names.filter((other) => other !== name), name];
      this.all = [...this.all.slice(0, -1), { ...last, names }];
      return;
    }
    this.all = [...this.all, { id: ++this.lastId, kind, names: [name], time: now, after }].slice(-AT_MOST);
  }
}
