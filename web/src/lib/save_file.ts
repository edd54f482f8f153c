const LONG_ENOUGH = 60_000; // milliseconds in which every browser has begun to save

/** Has the browser save something under a name. */
export function saveFile(content: Blob | string, name: string): void {
  const url = typeof content === "string" ? content : URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  if (typeof content !== "string") setTimeout(() => URL.revokeObjectURL(url), LONG_ENOUGH);
}
