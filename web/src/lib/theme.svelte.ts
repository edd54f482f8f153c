/** Light or dark: what the person chose, else what the system prefers. */
import { recall, remember } from "./storage";

export type ThemeChoice = "system" | "light" | "dark";

const prefersDark = typeof matchMedia === "function" ? matchMedia("(prefers-color-scheme: dark)") : undefined;
const state = $state<{ choice: ThemeChoice; systemDark: boolean }>({
  choice: "system",
  systemDark: prefersDark?.matches ?? false,
});

export const theme = {
  get choice(): ThemeChoice {
    return state.choice;
  },
  /** Whether dark colours are shown now. */
  get dark(): boolean {
    return state.choice === "dark" || (state.choice === "system" && state.systemDark);
  },
  choose(choice: ThemeChoice): void {
    state.choice = choice;
    remember("theme", choice === "system" ? undefined : choice);
    show();
  },
};

function show(): void {
  document.documentElement.dataset.theme = theme.dark ? "dark" : "light";
}

/** Shows what was chosen on an earlier visit, and from now on follows the system where nothing was. */
export function startTheme(): void {
  const kept = recall("theme");
  if (kept === "light" || kept === "dark") state.choice = kept;
  prefersDark?.addEventListener("change", (event) => {
    state.systemDark = event.matches;
    show();
  });
  show();
}
