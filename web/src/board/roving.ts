/** One stop for the Tab key in a row of controls; arrow keys go between them. */

import type { Attachment } from "svelte/attachments";

const kControls = "button:not(:disabled), input:not(:disabled)";

export const roving: Attachment<HTMLElement> = (row) => {
  const controls = (): HTMLElement[] => [...row.querySelectorAll<HTMLElement>(kControls)].filter((one) => one.offsetParent);
  const settle = (current?: HTMLElement): void => {
    const all = controls();
    const stop = current ?? all.find((one) => one.tabIndex === 0 && one.dataset.stop) ?? all.find((one) => one.ariaPressed === "true") ?? all[0];
    for (const one of all) {
      one.tabIndex = one === stop ? 0 : -1;
      if (one === stop) one.dataset.stop = "1";
      else delete one.dataset.stop;
    }
  };
  const onfocus = (event: FocusEvent): void => settle(event.target as HTMLElement);
  const onkey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = controls();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    if (at < 0 || next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    all.at(next % all.length)?.focus();
  };
  const watcher = new MutationObserver(() => settle());
  watcher.observe(row, { childList: true, subtree: true, attributes: true, attributeFilter: ["disabled"] });
  row.addEventListener("focusin", onfocus);
  row.addEventListener("keydown", onkey);
  settle();
  return () => {
    watcher.disconnect();
    row.removeEventListener("focusin", onfocus);
    row.removeEventListener("keydown", onkey);
  };
};
