import type { Addressed } from "../routing/address";
import { useServerInfo } from "../session/server-context";
import { RailNote, RailSection, RailSkeleton } from "./rail-section";
import { ThreadItem } from "./thread-item";
import { useThreadChange, useThreads } from "./use-threads";

export interface ThreadListProps {
  readonly address: Addressed;
}

export function ThreadList({ address }: ThreadListProps) {
  const threads = useThreads();
  const change = useThreadChange();
  const { canChangeThreads } = useServerInfo();
  const open = (thread: string) => address.go({ thread, run: undefined, view: "chat" });
  return (
    <RailSection title="Conversations">
      {threads.isPending && <RailSkeleton />}
      {threads.isError && threads.data === undefined && (
        <RailNote>The list could not be read.</RailNote>
      )}
      {threads.data?.length === 0 && <RailNote>None yet. What you ask will be kept here.</RailNote>}
      <ul>
        {threads.data?.map((thread) => (
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
    </RailSection>
  );
}
