import { Monitor, Moon, Sun } from "lucide-react";
import { NEXT_THEME } from "./theme";
import { useTheme } from "./use-theme";

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

export function ThemeToggle() {
  const [theme, change] = useTheme();
  const Icon = ICONS[theme];
  return (
    <button
      type="button"
      onClick={() => change(NEXT_THEME[theme])}
      aria-label={`Theme: ${theme}. Change to ${NEXT_THEME[theme]}`}
      title={`Theme: ${theme}`}
      className="button-quiet size-8 justify-center p-0"
    >
      <Icon aria-hidden size={15} />
    </button>
  );
}
