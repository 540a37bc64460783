import { useState } from "react";
import type { Thread } from "../client/api-schema";
import { isActive } from "../client/run-record";
import { useTexts } from "../hooks/texts";
import { formatAgo } from "../state/format";
import { runWords } from "../state/words";
import { StatusIcon } from "./status-icon";
import { ThreadEdit, type ThreadEditMode } from "./thread-edit";
import { ThreadTools } from "./thread-tools";

export interface ThreadItemProps {
  readonly thread: Thread;
  readonly isCurrent: boolean;
  /** It has tools; they appear when it is pointed at or has the focus. */
  readonly canChange: boolean;
  readonly now: number;
  readonly onOpen: () => void;
  readonly onRename: (name: string) => void;
  readonly onArchive: () => void;
  readonly onDelete: () => void;
}

/** A conversation of a list: open it, and where that is offered rename, archive or delete it. */
export function ThreadItem(props: ThreadItemProps) {
  const { thread, isCurrent, canChange, now, onOpen, onRename, onArchive, onDelete } = props;
  const texts = useTexts();
  const [mode, setMode] = useState<ThreadEditMode>("shown");
  const name = thread.name ?? texts.untitled;
  return (
    <ThreadEdit
      mode={mode}
      name={name}
      onRename={onRename}
      onDelete={onDelete}
      onBack={() => setMode("shown")}
    >
      <div
        data-testid="thread-item"
        data-thread={thread.id}
        className={`group flex h-8 items-center rounded-md pe-1 ${isCurrent ? "bg-sunken" : "hover:bg-hover"}`}
      >
        <button
          type="button"
          aria-current={isCurrent ? "page" : undefined}
          onClick={onOpen}
          title={name}
          className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-md ps-2 text-start text-[13px]"
        >
          <span
            className={`min-w-0 flex-1 truncate ${isCurrent ? "font-medium text-ink" : "text-ink-2"}`}
          >
            <bdi>{name}</bdi>
          </span>
          <ThreadStatus status={thread.status} />
          <span className="shrink-0 pe-1 text-[11px] text-ink-3 tabular-nums group-focus-within:hidden group-hover:hidden">
            {formatAgo(Date.parse(thread.lastRunAt ?? thread.updatedAt), now)}
          </span>
        </button>
        {canChange && (
          <span className="flex w-0 overflow-hidden group-focus-within:w-auto group-hover:w-auto pointer-coarse:w-auto">
            <ThreadTools
              name={name}
              isArchived={thread.archived}
              onRename={() => setMode("renaming")}
              onArchive={onArchive}
              onDelete={() => setMode("deleting")}
            />
          </span>
        )}
      </div>
    </ThreadEdit>
  );
}

/** What a conversation does now, or waits for; how earlier runs ended stands in it. */
function ThreadStatus({ status }: Pick<Thread, "status">) {
  const texts = useTexts();
  if (status === undefined || !(isActive(status) || status === "interrupted")) return null;
  const { label, tone } = runWords(status, texts);
  return (
    <span data-testid="thread-status" className="flex shrink-0" title={label}>
      <StatusIcon tone={tone} size={13} />
      <span className="sr-only">{label}</span>
    </span>
  );
}
