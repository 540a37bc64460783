import { SquarePen } from "lucide-react";

export interface NoConversationProps {
  readonly threadId: string;
  readonly onNew: () => void;
}

/** The address names a conversation that is not there. */
export function NoConversation({ threadId, onNew }: NoConversationProps) {
  return (
    <div
      role="status"
      data-testid="no-conversation"
      className="mx-auto max-w-sm px-6 pt-[20vh] text-center"
    >
      <p className="text-sm font-medium">There is no such conversation</p>
      <p className="mt-1 text-[13px] leading-5 text-ink-2">
        The server has none with this id. It may have been deleted, it may belong to somebody else,
        or the address is incomplete.
      </p>
      <code className="mt-2 block text-xs [overflow-wrap:anywhere] text-ink-3">{threadId}</code>
      <button type="button" onClick={onNew} className="button-primary mt-4 h-8 px-3">
        <SquarePen aria-hidden size={14} />
        Start a new one
      </button>
    </div>
  );
}
