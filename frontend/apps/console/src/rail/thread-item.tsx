import { formatAgo, isActive, RUN_WORDS, StatusIcon, type Thread } from "@sergas/react";
import { useState } from "react";
import { ThreadDeletion } from "./thread-deletion";
import { ThreadName } from "./thread-name";
import { ThreadTools } from "./thread-tools";

export interface ThreadItemProps {
  readonly thread: Thread;
  readonly isCurrent: boolean;
  readonly canChange: boolean;
  readonly onOpen: () => void;
  readonly onRename: (name: string) => void;
  readonly onArchive: () => void;
  readonly onDelete: () => void;
}

type Mode = "shown" | "renaming" | "deleting";

/** A conversation in the rail; its tools appear when it is pointed at or has the focus. */
export function ThreadItem({ thread, isCurrent, canChange, onOpen, ...actions }: ThreadItemProps) {
  const [mode, setMode] = useState<Mode>("shown");
  const name = thread.name ?? "New conversation";
  const back = () => setMode("shown");
  if (mode === "renaming") {
    const rename = (next: string) => {
      back();
      if (next !== "" && next !== name) actions.onRename(next);
    };
    return <ThreadName name={name} onDone={rename} onCancel={back} />;
  }
  if (mode === "deleting") return <ThreadDeletion onConfirm={actions.onDelete} onCancel={back} />;
  return (
    <div
      data-testid="thread-item"
      data-thread={thread.id}
      className={`group flex h-8 items-center rounded-md pr-1 ${isCurrent ? "bg-sunken" : "hover:bg-hover"}`}
    >
      <button
        type="button"
        aria-current={isCurrent ? "page" : undefined}
        onClick={onOpen}
        title={name}
        className="flex h-full min-w-0 flex-1 items-center gap-2 rounded-md pl-2 text-left text-[13px]"
      >
        <span
          className={`min-w-0 flex-1 truncate ${isCurrent ? "font-medium text-ink" : "text-ink-2"}`}
        >
          {name}
        </span>
        <ThreadStatus status={thread.status} />
        <span className="shrink-0 pr-1 text-[11px] text-ink-3 tabular-nums group-focus-within:hidden group-hover:hidden">
          {formatAgo(Date.parse(thread.lastRunAt ?? thread.updatedAt), Date.now())}
        </span>
      </button>
      {canChange && (
        <ThreadTools
          name={name}
          isArchived={thread.archived}
          onRename={() => setMode("renaming")}
          onArchive={actions.onArchive}
          onDelete={() => setMode("deleting")}
        />
      )}
    </div>
  );
}

/** What a conversation does now, or waits for; how earlier runs ended stands in it. */
function ThreadStatus({ status }: Pick<Thread, "status">) {
  if (status === undefined || !(isActive(status) || status === "interrupted")) return null;
  const { label, tone } = RUN_WORDS[status];
  return (
    <span data-testid="thread-status" className="flex shrink-0" title={label}>
      <StatusIcon tone={tone} size={13} />
      <span className="sr-only">{label}</span>
    </span>
  );
}
