import {
  formatAgo,
  formatCount,
  type Thread,
  ThreadEdit,
  type ThreadEditMode,
  type Threads,
  ThreadTools,
} from "@sergas/react";
import { useState } from "react";
import { Link, useLocation } from "wouter";
import { formatMoment } from "../lists/formats";
import { StatusMark, StatusWords } from "../lists/status-words";
import { hrefOf } from "../routing/address";
import { forgetThread } from "../routing/new-threads";

export interface ThreadLineProps {
  readonly thread: Thread;
  readonly threads: Threads;
  readonly canChange: boolean;
  readonly now: number;
}

const COLUMNS = 5;

/** A conversation; what asks for more room, to rename or to delete it, takes the whole line. */
export function ThreadLine({ thread, threads, canChange, now }: ThreadLineProps) {
  const [, navigate] = useLocation();
  const [mode, setMode] = useState<ThreadEditMode>("shown");
  const name = thread.name ?? "New conversation";
  const href = hrefOf({ thread: thread.id });
  const usedAt = thread.lastRunAt ?? thread.updatedAt;
  const remove = async () => {
    if (await threads.delete(thread)) forgetThread(thread.id);
  };
  return (
    <tr
      data-testid="thread-row"
      data-thread={thread.id}
      onClick={() => mode === "shown" && navigate(href)}
    >
      <th scope="row" colSpan={mode === "shown" ? 1 : COLUMNS} className="max-w-0">
        <ThreadEdit
          mode={mode}
          name={name}
          onRename={(next) => void threads.rename(thread, next)}
          onDelete={() => void remove()}
          onBack={() => setMode("shown")}
        >
          <Link
            href={href}
            onClick={(event) => event.stopPropagation()}
            className="flex h-8 items-center gap-2 font-medium text-ink hover:underline"
          >
            {thread.status && <StatusMark status={thread.status} />}
            <bdi className="truncate">{name}</bdi>
          </Link>
        </ThreadEdit>
      </th>
      {mode === "shown" && (
        <>
          <td className="max-md:hidden">
            {thread.status && <StatusWords status={thread.status} />}
          </td>
          <td className="text-end text-ink-2 tabular-nums max-sm:hidden">
            {formatCount(thread.runCount)}
          </td>
          <td
            className="text-end whitespace-nowrap text-ink-2 tabular-nums"
            title={formatMoment(usedAt)}
          >
            {formatAgo(Date.parse(usedAt), now)}
          </td>
          {canChange && (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the buttons in it take the keys.
            <td onClick={(event) => event.stopPropagation()}>
              <ThreadTools
                name={name}
                isArchived={thread.archived}
                onRename={() => setMode("renaming")}
                onArchive={() =>
                  void (thread.archived ? threads.unarchive(thread) : threads.archive(thread))
                }
                onDelete={() => setMode("deleting")}
              />
            </td>
          )}
        </>
      )}
    </tr>
  );
}
