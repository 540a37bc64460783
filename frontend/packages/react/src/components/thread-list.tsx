import { useTexts } from "../hooks/texts";
import { useNow } from "../hooks/use-now";
import { useThreadList } from "../hooks/use-thread-list";
import { formatAgo } from "../state/format";
import { runWords } from "../state/words";
import { StatusIcon } from "./status-icon";

export interface ThreadListProps {
  /** The conversation that is open. */
  readonly current?: string | undefined;
  readonly onOpen: (threadId: string) => void;
  readonly isArchived?: boolean;
}

/** The conversations, live, with how the run of each stands. */
export function ThreadList({ current, onOpen, isArchived = false }: ThreadListProps) {
  const texts = useTexts();
  const { list, hasMore, isLoadingMore, more } = useThreadList(isArchived);
  const now = useNow(true, 60_000);
  if (list === undefined)
    return <div role="status" aria-label={texts.loading} className="sergas skeleton h-24" />;
  return (
    <nav aria-label={texts.threads} className="sergas flex flex-col gap-1 p-2 text-[13px]">
      {list.length === 0 && <p className="px-2 py-1 text-ink-3">{texts.noThreads}</p>}
      <ul className="flex flex-col">
        {list.map(({ id, name, status, lastRunAt, updatedAt }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === current ? "page" : undefined}
              onClick={() => onOpen(id)}
              className={`flex min-h-9 w-full cursor-pointer items-center gap-2 rounded px-2 text-start hover:bg-hover ${id === current ? "bg-hover" : ""}`}
            >
              {status !== undefined && <StatusIcon tone={runWords(status).tone} size={14} />}
              <span className="min-w-0 flex-1 truncate text-ink">{name ?? texts.untitled}</span>
              {status !== undefined && <span className="sr-only">{texts.run[status]}</span>}
              <span className="shrink-0 text-xs text-ink-3">
                {formatAgo(Date.parse(lastRunAt ?? updatedAt), now)}
              </span>
            </button>
          </li>
        ))}
      </ul>
      {hasMore && (
        <button type="button" disabled={isLoadingMore} onClick={more} className="button h-8 px-3">
          {isLoadingMore ? texts.loading : texts.showMore}
        </button>
      )}
    </nav>
  );
}
