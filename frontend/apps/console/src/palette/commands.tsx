import { lazy, Suspense, useState } from "react";
import { useShellKeys } from "../keys/use-shell-keys";
import type { Addressed } from "../routing/address";
import { PaletteEvents } from "./palette-events";

export interface CommandsProps {
  readonly address: Addressed;
}

const Palette = lazy(() => import("./palette").then((m) => ({ default: m.Palette })));
const Help = lazy(() => import("../keys/shortcut-help").then((m) => ({ default: m.ShortcutHelp })));

/** The palette, the list of keys, and the keys themselves. */
export function Commands({ address }: CommandsProps) {
  const [open, setOpen] = useState<"palette" | "help">();
  const close = () => setOpen(undefined);
  useShellKeys({
    address,
    onPalette: () => setOpen("palette"),
    onHelp: () => setOpen("help"),
  });
  return (
    <>
      <PaletteEvents onOpen={() => setOpen("palette")} />
      <Suspense fallback={null}>
        {open === "palette" && (
          <Palette address={address} onClose={close} onHelp={() => setOpen("help")} />
        )}
        {open === "help" && <Help onClose={close} />}
      </Suspense>
    </>
  );
}
