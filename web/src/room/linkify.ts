/** Finds what can be clicked in a text. Everything stays text: nothing of it is ever taken for HTML. */

export type Piece = { text: string; href?: string };

const LINK = /(?:\bhttps?:\/\/|\bmailto:|\bwww\.)[^\s<>"'`\u0000-\u001f\u200b-\u200f\u2028-\u202e\u2060-\u206f]+/gi;
const HARMLESS = ["http:", "https:", "mailto:"];
const CLOSERS: Record<string, string> = { ")": "(", "]": "[", "}": "{", "»": "«", "”": "“" };
const LONGEST = 2000; // characters of one address

/** Ends of sentences and brackets that were not opened inside do not belong to an address. */
function withoutTail(link: string): string {
  let end = link.length;
  for (; end > 0; --end) {
    const last = link[end - 1] ?? "";
    const opener = CLOSERS[last];
    const count = (letter: string) => link.slice(0, end).split(letter).length - 1;
    if (opener ? count(last) <= count(opener) : !/[.,;:!?…*_~]/.test(last)) break;
  }
  return link.slice(0, end);
}

function hrefOf(link: string): string | undefined {
  const full = /^www\./i.test(link) ? `https://${link}` : link;
  if (full.length > LONGEST || !URL.canParse(full)) return undefined;
  const url = new URL(full);
  if (!HARMLESS.includes(url.protocol)) return undefined;
  // https://bank.example@evil.example/ looks like what it is not.
  if (url.username || url.password || (url.protocol !== "mailto:" && !url.hostname)) return undefined;
  return url.href;
}

export function linkify(text: string): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(LINK)) {
    const link = withoutTail(match[0]);
    const href = hrefOf(link);
    if (!href) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ text: link, href });
    from = match.index + link.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}
