import { useEffect, useRef } from "react";
import { isMac } from "./mod-key";

export interface KeyActions {
  /** By key, or by two keys pressed one after the other ("g r"). */
  readonly [keys: string]: () => void;
}

const SEQUENCE_MS = 1200;

/** Listen for keys on the whole page; what is typed into a field is left alone. */
export function useShortcuts(actions: KeyActions): void {
  const latest = useRef(actions);
  latest.current = actions;
  useEffect(() => {
    let first = "";
    let firstAt = 0;
    const onKey = (event: KeyboardEvent) => {
      const name = nameOf(event);
      if (name === undefined) return;
      const both = event.timeStamp - firstAt < SEQUENCE_MS ? `${first} ${name}` : name;
      const action = latest.current[both] ?? latest.current[name];
      first = name;
      firstAt = event.timeStamp;
      if (action === undefined) return;
      event.preventDefault();
      first = "";
      action();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
}

/** With a modifier a key is a shortcut everywhere, alone only outside of fields and dialogs. */
function nameOf(event: KeyboardEvent): string | undefined {
  if (event.repeat || event.altKey || event.isComposing) return undefined;
  const key = event.key.toLowerCase();
  const [isMod, isOther] = isMac()
    ? [event.metaKey, event.ctrlKey]
    : [event.ctrlKey, event.metaKey];
  if (isOther) return undefined;
  if (isMod) return `mod+${key}`;
  if (event.shiftKey && key === "escape") return "shift+escape";
  const { target } = event;
  if (!(target instanceof HTMLElement)) return key;
  const isTyping = target.isContentEditable || /^(input|textarea|select)$/i.test(target.tagName);
  return isTyping || target.closest("dialog") !== null ? undefined : key;
}
