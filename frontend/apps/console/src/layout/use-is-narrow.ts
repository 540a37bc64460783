import { useSyncExternalStore } from "react";

const query = window.matchMedia("(max-width: 1099px)");

/** Whether there is room for one column only. */
export function useIsNarrow(): boolean {
  return useSyncExternalStore(
    (onChange) => {
      query.addEventListener("change", onChange);
      return () => query.removeEventListener("change", onChange);
    },
    () => query.matches,
  );
}
