import { useEffect } from "react";

const OPEN = "sergas:palette";

/** Open the palette from a button anywhere on the page. */
export function openPalette(): void {
  window.dispatchEvent(new Event(OPEN));
}

export interface PaletteEventsProps {
  readonly onOpen: () => void;
}

export function PaletteEvents({ onOpen }: PaletteEventsProps) {
  useEffect(() => {
    window.addEventListener(OPEN, onOpen);
    return () => window.removeEventListener(OPEN, onOpen);
  }, [onOpen]);
  return null;
}
