/** Light, dark, or what the system says; remembered by the browser. */
export type Theme = "light" | "dark" | "system";

const KEY = "sergas.theme";
const CHANGED = "sergas:theme";
const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");

export function readTheme(): Theme {
  const stored = window.localStorage.getItem(KEY);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function writeTheme(theme: Theme): void {
  if (theme === "system") window.localStorage.removeItem(KEY);
  else window.localStorage.setItem(KEY, theme);
  applyTheme();
  window.dispatchEvent(new Event(CHANGED));
}

export function subscribeTheme(onChange: () => void): () => void {
  window.addEventListener(CHANGED, onChange);
  return () => window.removeEventListener(CHANGED, onChange);
}

export const NEXT_THEME: Readonly<Record<Theme, Theme>> = {
  system: "light",
  light: "dark",
  dark: "system",
};

export function isDark(): boolean {
  const theme = readTheme();
  return theme === "dark" || (theme === "system" && darkSystem.matches);
}

export function applyTheme(): void {
  document.documentElement.classList.toggle("dark", isDark());
}

darkSystem.addEventListener("change", applyTheme);
