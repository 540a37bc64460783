import { ScrollText } from "lucide-react";
import { useState } from "react";
import { useTexts } from "../hooks/texts";
import type { LogEntry } from "../state/event-log";
import { formatDuration } from "../state/format";

export interface EventLogProps {
  readonly entries: readonly LogEntry[];
  /** How many events are folded in; more than the entries tell of. */
  readonly count: number;
}

/** The newest events of the run, the last one first; drawn only while it is open. */
export function EventLog({ entries, count }: EventLogProps) {
  const texts = useTexts();
  const [isOpen, setIsOpen] = useState(false);
  const startedAt = entries.find(({ at }) => at !== undefined)?.at;
  return (
    <details
      data-testid="event-log"
      onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}
      className="group rounded-lg border border-line bg-surface"
    >
      <summary className="flex h-9 cursor-pointer items-center gap-2 rounded-lg px-3 text-[13px] font-medium text-ink">
        <ScrollText aria-hidden size={14} className="text-ink-3" />
        {texts.events}
        <span className="ms-auto text-xs font-normal text-ink-3 tabular-nums">
          <bdi>{texts.eventCount(count)}</bdi>
        </span>
      </summary>
      {isOpen && (
        <section
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
          tabIndex={0}
          aria-label={texts.events}
          className="max-h-64 overflow-auto border-t border-line p-2"
        >
          <ol className="flex flex-col gap-0.5 font-mono text-[11px] leading-4 text-ink-2">
            {entries.toReversed().map((entry) => (
              <li key={entry.seq} className="flex gap-2">
                <span className="w-10 shrink-0 text-end text-ink-3 tabular-nums">{entry.seq}</span>
                <span className="w-12 shrink-0 text-end text-ink-3 tabular-nums">
                  {entry.at === undefined || startedAt === undefined
                    ? ""
                    : formatDuration(entry.at - startedAt)}
                </span>
                <span className="shrink-0 text-ink">
                  {entry.type}
                  {entry.count > 1 && ` ×${entry.count}`}
                </span>
                <span className="min-w-0 truncate text-ink-3">{entry.text}</span>
              </li>
            ))}
          </ol>
          {entries[0] !== undefined && entries[0].seq > 1 && (
            <p className="mt-1 text-xs text-ink-3">{texts.earlierEvents}</p>
          )}
        </section>
      )}
    </details>
  );
}
