import { Clock, X } from "lucide-react";
import type { QueuedMessage } from "./use-send-queue";

export interface QueuedMessagesProps {
  readonly messages: readonly QueuedMessage[];
  readonly onRemove: (id: string) => void;
}

/** What was said while a run was at work: in sight, and still to be taken back. */
export function QueuedMessages({ messages, onRemove }: QueuedMessagesProps) {
  if (messages.length === 0) return null;
  return (
    <ul
      aria-label="Queued messages"
      aria-live="polite"
      className="pointer-events-auto mx-auto mb-2 flex max-w-[48rem] flex-col gap-1 px-4 @3xl:px-0"
    >
      {messages.map(({ id, text }, index) => (
        <li
          key={id}
          data-testid="queued-message"
          className="flex items-center gap-2 rounded-lg border border-line bg-raised py-1.5 pe-1.5 ps-3 text-[13px] leading-5 shadow-sm"
        >
          <Clock aria-hidden size={14} className="shrink-0 text-wait" />
          <span className="min-w-0 flex-1">
            <span className="line-clamp-2 [overflow-wrap:anywhere] text-ink">{text}</span>
            <span className="text-xs text-ink-3">
              {index === 0
                ? "Queued. It is sent when the run ends."
                : `Queued, number ${index + 1}.`}
            </span>
          </span>
          <button
            type="button"
            aria-label={`Do not send: ${text}`}
            title="Do not send"
            onClick={() => onRemove(id)}
            className="button-quiet size-7 shrink-0 justify-center p-0"
          >
            <X aria-hidden size={14} />
          </button>
        </li>
      ))}
    </ul>
  );
}
