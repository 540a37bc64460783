import { useTexts } from "../hooks/texts";
import { useNow } from "../hooks/use-now";
import { useThreadList } from "../hooks/use-thread-list";
import { faultFrom } from "../state/fault";
import { ThreadItem } from "./thread-item";

export interface ThreadListProps {
  /** The conversation that is open. */
  readonly current?: string | undefined;
  readonly onOpen: (threadId: string) => void;
  readonly isArchived?: boolean;
  /** Each conversation has tools to rename, archive and delete it. */
  readonly canChange?: boolean;
  /** A conversation is gone; whoever shows it has to show another. */
  readonly onDeleted?: (threadId: string) => void;
}

/** The conversations, live, with what the run of each does or waits for. */
export function ThreadList(props: ThreadListProps) {
  const { current, onOpen, isArchived = false, canChange = false, onDeleted } = props;
  const texts = useTexts();
  const threads = useThreadList(isArchived);
  const now = useNow(true, 60_000);
  const { list, problem, hasMore, isLoadingMore, more, again } = threads;
  if (list === undefined && problem !== undefined)
    return (
      <div role="alert" className="sergas flex items-center gap-2 p-2 text-[13px] text-ink-2">
        <bdi className="min-w-0 flex-1">{faultFrom(problem, texts).title}</bdi>
        <button type="button" onClick={again} className="button h-7 px-2 text-xs">
          {texts.tryAgain}
        </button>
      </div>
    );
  if (list === undefined)
    return <div role="status" aria-label={texts.loading} className="sergas skeleton h-24" />;
  return (
    <nav aria-label={texts.threads} className="sergas flex flex-col gap-1 p-2 text-[13px]">
      {list.length === 0 && <p className="px-2 py-1 text-ink-3">{texts.noThreads}</p>}
      <ul className="flex flex-col">
        {list.map((thread) => (
          <li key={thread.id}>
            <ThreadItem
              thread={thread}
              isCurrent={thread.id === current}
              canChange={canChange}
              now={now}
              onOpen={() => onOpen(thread.id)}
              onRename={(name) => threads.rename(thread, name)}
              onArchive={() => (isArchived ? threads.unarchive(thread) : threads.archive(thread))}
              onDelete={async () => {
                if (await threads.delete(thread)) onDeleted?.(thread.id);
              }}
            />
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
