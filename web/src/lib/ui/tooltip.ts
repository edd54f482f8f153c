/**
 * The name of a control, shown after a short rest of the pointer or at once on focus by keyboard. It is a picture of what
 * aria-label already says, so it is hidden from screen readers.
 */
import type { Attachment } from "svelte/attachments";

const REST = 500; // milliseconds
const GAP = 8; // pixels between control and tooltip, and to the edge of the window

export function tooltip(text: string): Attachment<HTMLElement> {
  return (control) => {
    let shown: HTMLElement | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;

    const show = () => {
      if (shown || !control.isConnected) return;
      shown = document.createElement("div");
      shown.className = "tooltip";
      shown.ariaHidden = "true";
      shown.textContent = text;
      // A modal dialog is above everything else; what belongs to it has to be inside.
      (control.closest("dialog") ?? document.body).append(shown);
      place(shown, control.getBoundingClientRect());
    };
    const hide = () => {
      clearTimeout(timer);
      shown?.remove();
      shown = undefined;
    };
    const events: [string, (event: Event) => void][] = [
      ["pointerenter", (event) => (event as PointerEvent).pointerType === "mouse" && (timer = setTimeout(show, REST))],
      ["pointerleave", hide],
      ["pointerdown", hide],
      ["focus", () => control.matches(":focus-visible") && show()],
      ["blur", hide],
      ["keydown", hide],
    ];
    for (const [name, handler] of events) control.addEventListener(name, handler);
    return () => {
      hide();
      for (const [name, handler] of events) control.removeEventListener(name, handler);
    };
  };
}

function place(tip: HTMLElement, control: DOMRect): void {
  const { width, height } = tip.getBoundingClientRect();
  const below = control.bottom + GAP + height < innerHeight;
  const left = control.left + control.width / 2 - width / 2;
  tip.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`;
  tip.style.top = `${below ? control.bottom + GAP : control.top - GAP - height}px`;
}
