import type { Thread, Threads } from "@sergas/react";
import { useServerInfo } from "../session/server-context";
import { ThreadLine } from "./thread-line";

export interface ThreadTableProps {
  readonly shown: readonly Thread[];
  readonly threads: Threads;
  readonly now: number;
}

export function ThreadTable({ shown, threads, now }: ThreadTableProps) {
  const { canChangeThreads } = useServerInfo();
  return (
    <table className="data-table" data-testid="thread-table">
      <thead>
        <tr>
          <th scope="col">Conversation</th>
          <th scope="col" className="w-40 max-md:hidden">
            Latest run
          </th>
          <th scope="col" className="w-16 text-end max-sm:hidden">
            Runs
          </th>
          <th scope="col" className="w-24 text-end whitespace-nowrap">
            Last used
          </th>
          {canChangeThreads && (
            <th scope="col" className="w-24">
              <span className="sr-only">Rename, archive or delete</span>
            </th>
          )}
        </tr>
      </thead>
      <tbody>
        {shown.map((thread) => (
          <ThreadLine
            key={thread.id}
            thread={thread}
            threads={threads}
            canChange={canChangeThreads}
            now={now}
          />
        ))}
      </tbody>
    </table>
  );
}
