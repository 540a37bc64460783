import { useEnhancedAgent } from "@sergas/react";
import { useState } from "react";
import type { Addressed } from "../routing/address";
import { useServerInfo } from "../session/server-context";
import { RailMore, RailNote, RailSection, RailSkeleton } from "./rail-section";
import { ThreadItem } from "./thread-item";
import { useThreadChange, useThreadRefresh, useThreads } from "./use-threads";

export interface ThreadListProps {
  readonly address: Addressed;
}

export function ThreadList({ address }: ThreadListProps) {
  const [showsArchived, setShowsArchived] = useState(false);
  const threads = useThreads(showsArchived);
  const change = useThreadChange();
  const { state } = useEnhancedAgent();
  const { canChangeThreads } = useServerInfo();
  useThreadRefresh();
  const { list } = threads;
  const isStale = list !== undefined && state.connection.status === "disconnected";
  return (
    <RailSection
      title={showsArchived ? "Archived conversations" : "Conversations"}
      isStale={isStale}
      className="max-h-[60%]"
      action={
        <button
          type="button"
          onClick={() => setShowsArchived(!showsArchived)}
          className="button-quiet h-6 px-1.5 text-[11px]"
        >
          {showsArchived ? "Back" : "Archived"}
        </button>
      }
    >
      {threads.isPending && <RailSkeleton />}
      {threads.isError && list === undefined && <RailNote>The list could not be read.</RailNote>}
      {list?.length === 0 && !threads.hasNextPage && (
        <RailNote>
          {showsArchived ? "Nothing is archived." : "None yet. What you ask will be kept here."}
        </RailNote>
      )}
      <ul>
        {list?.map((thread) => (
          <li key={thread.id}>
            <ThreadItem
              thread={thread}
              isCurrent={thread.id === address.threadId}
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
      {threads.hasNextPage && (
        <RailMore
          label="Show more"
          isLoading={threads.isFetchingNextPage}
          onMore={() => void threads.fetchNextPage()}
        />
      )}
    </RailSection>
  );
}
