import { useSyncExternalStore } from "react";

export type ThemeChoice = "system" | "light" | "dark";
export type Theme = "light" | "dark";

const storageKey = "theme";
const listeners = new Set<() => void>();
const systemDark = matchMedia("(prefers-color-scheme: dark)");
let choice: ThemeChoice = readChoice();

/** Sets the theme on the document and follows the system's from then on. Called once, before the first paint. */
export function startTheme(): void {
  systemDark.addEventListener("change", apply);
  apply();
}

export function chooseTheme(next: ThemeChoice): void {
  choice = next;
  try {
    localStorage.setItem(storageKey, next);
  } catch {
    // Storage is refused: the choice holds for this visit.
  }
  apply();
}

/** The person's choice, and the theme it comes to now. */
export function useTheme(): { choice: ThemeChoice; theme: Theme } {
  const key = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => `${choice} ${currentTheme()}`,
  );
  const [chosen, theme] = key.split(" ");
  return { choice: chosen as ThemeChoice, theme: theme as Theme };
}

/** The theme that shows now. */
export function currentTheme(): Theme {
  if (choice !== "system") return choice;
  return systemDark.matches ? "dark" : "light";
}

function apply(): void {
  document.documentElement.dataset["theme"] = currentTheme();
  for (const listener of listeners) listener();
}

function readChoice(): ThemeChoice {
  try {
    const stored = localStorage.getItem(storageKey);
    return stored === "light" || stored === "dark" ? stored : "system";
  } catch {
    // Storage is refused: as if nothing was chosen.
    return "system";
  }
}
