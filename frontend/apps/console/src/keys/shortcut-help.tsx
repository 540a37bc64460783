import { Dialog } from "../layout/dialog";
import { ShortcutList } from "./shortcut-list";

export interface ShortcutHelpProps {
  readonly onClose: () => void;
}

export function ShortcutHelp({ onClose }: ShortcutHelpProps) {
  return (
    <Dialog label="Keyboard shortcuts" onClose={onClose}>
      <div className="p-5">
        <h2 className="mb-3 text-sm font-semibold">Keyboard shortcuts</h2>
        <ShortcutList />
        <button type="button" onClick={onClose} className="button mt-4 h-8 px-3">
          Close
        </button>
      </div>
    </Dialog>
  );
}
