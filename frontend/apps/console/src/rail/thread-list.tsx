import type { Threads } from "@sergas/react";
import type { Addressed } from "../routing/address";
import { useServerInfo } from "../session/server-context";
import { RailMore, RailNote, RailSection, RailSkeleton } from "./rail-section";
import { ThreadItem } from "./thread-item";
import { useThreadChange } from "./use-thread-change";

export interface ThreadListProps {
  readonly address: Addressed;
  readonly threads: Threads;
  readonly showsArchived: boolean;
  readonly onShowArchived: (showsArchived: boolean) => void;
}

export function ThreadList(props: ThreadListProps) {
  const { address, threads, showsArchived, onShowArchived } = props;
  const change = useThreadChange();
  const { canChangeThreads } = useServerInfo();
  const { list } = threads;
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
      {list === undefined && <RailSkeleton />}
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
              onOpen={() => address.go({ thread: thread.id, run: undefined, view: "chat" })}
              onRename={(name) => change.mutate({ kind: "rename", thread, name })}
              onArchive={() =>
                change.mutate({ kind: thread.archived ? "restore" : "archive", thread })
              }
              onDelete={() => {
                change.mutate({ kind: "delete", thread });
                if (thread.id === address.threadId) address.startNew();
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
