/**
 * Names that others have chosen, made fit to be shown: no control characters, and none that turn the direction of text
 * round, by which "exe.gpj" can look like "jpg.exe".
 */
// Cc, the marks and overrides of direction, zero width and line separators, and the byte order mark.
const HARMFUL = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/g;
const LONGEST_NAME = 255; // characters

export const harmless = (text: string): string => text.replace(HARMFUL, "");

/** The name of a person; `otherwise` when nothing of it can be shown. */
export const harmlessName = (name: string, otherwise: string): string =>
  harmless(name).replace(/\s+/g, " ").trim().slice(0, LONGEST_NAME) || otherwise;

/** The name of a file without its folders, as it is shown and as it is saved. */
export function harmlessFileName(name: string, otherwise = "file"): string {
  const last = harmless(name).split(/[/\\]/).at(-1) ?? "";
  return last.replace(/[<>:"|?*]/g, "_").replace(/^[.\s]+|[.\s]+$/g, "").slice(-LONGEST_NAME) || otherwise;
}
