import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
export const SCREENSHOTS = join(ROOT, "build", "web-screenshots");
mkdirSync(SCREENSHOTS, { recursive: true });

/** A folder that is gone after the test of `context`. */
export function temporaryFolder(context) {
  const folder = mkdtempSync(join(tmpdir(), "convene-web-"));
  context.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
