import { t } from "./i18n/i18n.svelte";
import { toasts } from "./toast.svelte";

/** Copies `text`, and says whether it could. */
export async function copy(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    toasts.show(t("common.copied"), { tone: "good" });
  } catch {
    toasts.show(t("common.copyFailed"), { tone: "bad" });
  }
}
