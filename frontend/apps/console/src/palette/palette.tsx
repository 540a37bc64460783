import { Search } from "lucide-react";
import { type KeyboardEvent, useId, useState } from "react";
import { Dialog } from "../layout/dialog";
import type { Addressed } from "../routing/address";
import { findCommands } from "./command";
import { CommandList } from "./command-list";
import { useCommands } from "./use-commands";

export interface PaletteProps {
  readonly address: Addressed;
  readonly onClose: () => void;
  readonly onHelp: () => void;
}

/** One field for everything: screens, accounts, conversations, runs, and what can be done now. */
export function Palette({ address, onClose, onHelp }: PaletteProps) {
  const [query, setQuery] = useState("");
  const [place, setPlace] = useState(0);
  const listId = useId();
  const commands = findCommands(useCommands({ address, onHelp }), query);
  const current = commands[Math.min(place, commands.length - 1)];
  const act = (command = current) => {
    if (command === undefined) return;
    onClose();
    command.act();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    if (step !== undefined && commands.length > 0) {
      event.preventDefault();
      const at = Math.min(place, commands.length - 1);
      setPlace((at + step + commands.length) % commands.length);
    }
    if (event.key === "Enter") {
      event.preventDefault();
      act();
    }
  };
  return (
    <Dialog label="Search and commands" onClose={onClose}>
      <div className="flex max-h-[70vh] flex-col" data-testid="palette">
        <div className="flex items-center gap-2.5 border-b border-line px-4">
          <Search aria-hidden size={16} className="shrink-0 text-ink-3" />
          <input
            role="combobox"
            aria-label="Search or command"
            aria-expanded
            aria-controls={listId}
            aria-activedescendant={current && `${listId}-${current.id}`}
            aria-autocomplete="list"
            placeholder="Go to, do, or find"
            value={query}
            onChange={(event) => {
              setQuery(event.target.value);
              setPlace(0);
            }}
            onKeyDown={onKeyDown}
            className="quiet-focus h-12 w-full bg-transparent text-[15px] placeholder:text-ink-3"
          />
        </div>
        <CommandList id={listId} commands={commands} current={current} onAct={act} />
      </div>
    </Dialog>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };
