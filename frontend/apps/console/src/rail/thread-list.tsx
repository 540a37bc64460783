import { useState } from "react";
import type { Addressed } from "../routing/address";
import { useServerInfo } from "../session/server-context";
import { RailNote, RailSection, RailSkeleton } from "./rail-section";
import { ThreadItem } from "./thread-item";
import { useThreadChange, useThreads } from "./use-threads";

export interface ThreadListProps {
  readonly address: Addressed;
}

/** More would push the runs out of sight. */
const SHOWN = 8;

export function ThreadList({ address }: ThreadListProps) {
  const threads = useThreads();
  const change = useThreadChange();
  const { canChangeThreads } = useServerInfo();
  const [isWhole, setIsWhole] = useState(false);
  const all = threads.data ?? [];
  const shown = isWhole ? all : all.slice(0, SHOWN);
  const hidden = all.length - shown.length;
  const open = (thread: string) => address.go({ thread, run: undefined, view: "chat" });
  return (
    <RailSection title="Conversations">
      {threads.isPending && <RailSkeleton />}
      {threads.isError && threads.data === undefined && (
        <RailNote>The list could not be read.</RailNote>
      )}
      {threads.data?.length === 0 && <RailNote>None yet. What you ask will be kept here.</RailNote>}
      <ul>
        {shown.map((thread) => (
          <li key={thread.id}>
            <ThreadItem
              thread={thread}
              isCurrent={thread.id === address.threadId}
              canChange={canChangeThreads}
              onOpen={() => open(thread.id)}
              onRename={(name) => change.mutate({ kind: "rename", thread, name })}
              onArchive={() => change.mutate({ kind: "archive", thread })}
              onDelete={() => {
                change.mutate({ kind: "delete", thread });
                if (thread.id === address.threadId) address.startNew();
              }}
            />
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <button
          type="button"
          onClick={() => setIsWhole(true)}
          className="h-8 w-full rounded-md px-2 text-left text-xs text-ink-3 hover:bg-hover hover:text-ink"
        >
          Show {hidden} more
        </button>
      )}
    </RailSection>
  );
}
