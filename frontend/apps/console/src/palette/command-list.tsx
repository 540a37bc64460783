import { useEffect } from "react";
import type { Command } from "./command";

export interface CommandListProps {
  readonly id: string;
  readonly commands: readonly Command[];
  readonly current: Command | undefined;
  readonly onAct: (command: Command) => void;
}

export function CommandList({ id, commands, current, onAct }: CommandListProps) {
  const currentId = current && `${id}-${current.id}`;
  useEffect(() => {
    if (currentId === undefined) return;
    document.getElementById(currentId)?.scrollIntoView({ block: "nearest" });
  }, [currentId]);
  const groups = [...new Set(commands.map(({ group }) => group))];
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Found"
      tabIndex={-1}
      className="min-h-0 flex-1 overflow-y-auto p-2"
    >
      {commands.length === 0 && (
        <p role="status" className="px-2 py-6 text-center text-[13px] text-ink-2">
          Nothing has that name.
        </p>
      )}
      {groups.map((group) => (
        // biome-ignore lint/a11y/useSemanticElements: a group of options is no set of fields.
        <div key={group} role="group" aria-label={group}>
          <p aria-hidden className="px-2 pt-2 pb-1 text-[11px] font-medium text-ink-3">
            {group}
          </p>
          {commands
            .filter((command) => command.group === group)
            .map((command) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field above has the focus and the keys.
              <div
                key={command.id}
                id={`${id}-${command.id}`}
                role="option"
                tabIndex={-1}
                aria-selected={command.id === current?.id}
                onClick={() => onAct(command)}
                className={`flex h-9 cursor-pointer items-center gap-2.5 rounded-md px-2 text-[13px] ${command.id === current?.id ? "bg-sunken text-ink" : "text-ink-2 hover:bg-hover"}`}
              >
                <command.Icon aria-hidden size={15} className="shrink-0 text-ink-3" />
                <span className="min-w-0 truncate">{command.label}</span>
                {command.hint !== undefined && (
                  <span className="ms-auto shrink-0 text-xs text-ink-3">{command.hint}</span>
                )}
              </div>
            ))}
        </div>
      ))}
    </div>
  );
}
