import { useSyncExternalStore } from "react";
import { readTheme, subscribeTheme, type Theme, writeTheme } from "./theme";

/** The chosen theme, the same wherever it can be changed. */
export function useTheme(): readonly [Theme, (theme: Theme) => void] {
  return [useSyncExternalStore(subscribeTheme, readTheme), writeTheme];
}
