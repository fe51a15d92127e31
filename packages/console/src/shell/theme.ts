/** Dark or light: the system's choice until somebody chooses here, then kept in this browser. */
import { effect, signal, type ReadonlySignal } from "@preact/signals";

export type Theme = "system" | "light" | "dark";
export const themes: readonly Theme[] = ["system", "light", "dark"];

const key = "basketlift-theme";
const chosen = signal<Theme>(readTheme());
export const theme: ReadonlySignal<Theme> = chosen;

const systemDark = matchMedia("(prefers-color-scheme: dark)");
const systemIsDark = signal(systemDark.matches);
systemDark.addEventListener("change", ({ matches }) => (systemIsDark.value = matches));

export const isDark = (): boolean => (chosen.value === "system" ? systemIsDark.value : chosen.value === "dark");

export function chooseTheme(next: Theme): void {
  chosen.value = next;
  try {
    if (next === "system") localStorage.removeItem(key);
    else localStorage.setItem(key, next);
  } catch {
    // A browser that stores nothing still shows the theme, until the page is closed.
  }
}

/** Keeps the document's root in step with the choice. */
export function applyTheme(root: HTMLElement): () => void {
  return effect(() => {
    if (chosen.value === "system") delete root.dataset["theme"];
    else root.dataset["theme"] = chosen.value;
  });
}

function readTheme(): Theme {
  try {
    const stored = localStorage.getItem(key);
    return themes.find((known) => known === stored) ?? "system";
  } catch {
    return "system";
  }
}
