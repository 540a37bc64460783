import { useEffect, useRef } from "react";

/** Act when a value becomes another one; the first that is known is no change. */
export function useOnChange(value: string | undefined, act: () => void): void {
  const before = useRef<string>(undefined);
  useEffect(() => {
    if (value === undefined) return;
    if (before.current !== undefined && before.current !== value) act();
    before.current = value;
  }, [value, act]);
}
