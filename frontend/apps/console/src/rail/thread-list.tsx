import { faultFrom, ThreadItem, type Threads, useNow } from "@sergas/react";
import type { Addressed } from "../routing/address";
import { useServerInfo } from "../session/server-context";
import { RailMore, RailNote, RailSection, RailSkeleton } from "./rail-section";

export interface ThreadListProps {
  readonly address: Addressed;
  readonly threads: Threads;
  readonly showsArchived: boolean;
  readonly onShowArchived: (showsArchived: boolean) => void;
}

export function ThreadList(props: ThreadListProps) {
  const { address, threads, showsArchived, onShowArchived } = props;
  const { canChangeThreads } = useServerInfo();
  const { list, problem } = threads;
  const now = useNow(true, 60_000);
  return (
    <RailSection
      title={showsArchived ? "Archived conversations" : "Conversations"}
      isStale={threads.isStale}
      className="flex-1"
      action={
        <button
          type="button"
          onClick={() => onShowArchived(!showsArchived)}
          className="button-quiet h-6 px-1.5 text-[11px]"
        >
          {showsArchived ? "Back" : "Archived"}
        </button>
      }
    >
      {list === undefined && problem === undefined && <RailSkeleton />}
      {list === undefined && problem !== undefined && (
        <>
          <RailNote>{faultFrom(problem).title}.</RailNote>
          <RailMore label="Try again" isLoading={false} onMore={threads.again} />
        </>
      )}
      {list?.length === 0 && !threads.hasMore && (
        <RailNote>
          {showsArchived ? "Nothing is archived." : "None yet. What you ask will be kept here."}
        </RailNote>
      )}
      <ul>
        {list?.map((thread) => (
          <li key={thread.id}>
            <ThreadItem
              thread={thread}
              isCurrent={address.screen === "chat" && thread.id === address.threadId}
              canChange={canChangeThreads}
              now={now}
              onOpen={() => address.go({ thread: thread.id, run: undefined, view: "chat" })}
              onRename={(name) => threads.rename(thread, name)}
              onArchive={() =>
                showsArchived ? threads.unarchive(thread) : threads.archive(thread)
              }
              onDelete={async () => {
                const isGone = await threads.delete(thread);
                if (isGone && thread.id === address.threadId) address.startNew();
              }}
            />
          </li>
        ))}
      </ul>
      {threads.hasMore && (
        <RailMore label="Show more" isLoading={threads.isLoadingMore} onMore={threads.more} />
      )}
    </RailSection>
  );
}
