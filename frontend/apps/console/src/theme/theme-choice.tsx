import { ChoiceBar } from "../lists/choice-bar";
import { useTheme } from "./use-theme";

export function ThemeChoice() {
  const [theme, change] = useTheme();
  return (
    <ChoiceBar
      label="Theme"
      current={theme}
      onPick={change}
      choices={[
        { value: "system", label: "As the system" },
        { value: "light", label: "Light" },
        { value: "dark", label: "Dark" },
      ]}
    />
  );
}
