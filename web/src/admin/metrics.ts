/** The value of one line of Prometheus' text format; 0 where it is not there. */
export function sample(text: string, name: string, labels: Record<string, string> = {}): number {
  const wanted = Object.entries(labels).map(([key, value]) => `${key}="${value}"`);
  for (const line of text.split("\n")) {
    const [, found, inside = "", value] = /^([a-z0-9_:]+)(?:\{(.*)\})? (\S+)/i.exec(line) ?? [];
    if (found === name && wanted.every((label) => inside.split(",").includes(label))) return Number(value) || 0;
  }
  return 0;
}
