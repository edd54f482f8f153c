/** The chat as a file of text. */
import { harmlessName } from "../lib/harmless";
import { dateTime, t } from "../lib/i18n/i18n.svelte";
import type { ChatLine } from "../session/api";

/** One line of the file for each line of the chat; what goes on over several is indented. `nameOf` is for addressees. */
export function chatAsText(lines: readonly ChatLine[], nameOf: (node: number) => string): string {
  return lines
    .map((line) => {
      const name = harmlessName(line.name, t("room.somebody"));
      const to = !line.private ? "" : line.isSelf && line.to !== undefined ? ` (${t("chat.privateTo", { name: nameOf(line.to) })})` : ` (${t("chat.privateFrom")})`;
      return `${dateTime(line.time)}  ${name}${to}: ${line.text.replace(/\r\n?|\n/g, "\n    ")}\n`;
    })
    .join("");
}
