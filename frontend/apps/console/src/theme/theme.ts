/** Light, dark, or what the system says; remembered by the browser. */
export type Theme = "light" | "dark" | "system";

const KEY = "sergas.theme";
const darkSystem = window.matchMedia("(prefers-color-scheme: dark)");

export function readTheme(): Theme {
  const stored = window.localStorage.getItem(KEY);
  return stored === "light" || stored === "dark" ? stored : "system";
}

export function writeTheme(theme: Theme): void {
  if (theme === "system") window.localStorage.removeItem(KEY);
  else window.localStorage.setItem(KEY, theme);
  applyTheme();
}

export function isDark(): boolean {
  const theme = readTheme();
  return theme === "dark" || (theme === "system" && darkSystem.matches);
}

export function applyTheme(): void {
  document.documentElement.classList.toggle("dark", isDark());
}

darkSystem.addEventListener("change", applyTheme);
