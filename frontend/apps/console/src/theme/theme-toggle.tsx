import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { readTheme, type Theme, writeTheme } from "./theme";

const NEXT: Readonly<Record<Theme, Theme>> = { system: "light", light: "dark", dark: "system" };
const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

export function ThemeToggle() {
  const [theme, setTheme] = useState(readTheme);
  const Icon = ICONS[theme];
  const change = () => {
    writeTheme(NEXT[theme]);
    setTheme(NEXT[theme]);
  };
  return (
    <button
      type="button"
      onClick={change}
      aria-label={`Theme: ${theme}. Change to ${NEXT[theme]}`}
      title={`Theme: ${theme}`}
      className="button-quiet size-8 justify-center p-0"
    >
      <Icon aria-hidden size={15} />
    </button>
  );
}
