import { CircleAlert, X } from "lucide-react";
import { useTexts } from "../hooks/texts";
import type { Fault } from "../state/fault";
import { CopyButton } from "./copy-button";

export interface FaultNoticeProps {
  readonly fault: Fault;
  readonly onDismiss: () => void;
  readonly onReconnect?: () => void;
}

/** What happened, what it means, what to do; and the id that the server's log knows. */
export function FaultNotice({ fault, onDismiss, onReconnect }: FaultNoticeProps) {
  const texts = useTexts();
  const id = fault.requestId ?? fault.code;
  return (
    <div
      role="alert"
      data-testid="fault"
      className="flex gap-2.5 rounded-lg border border-bad/30 bg-bad-soft px-3 py-2.5"
    >
      <CircleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-bad" />
      <div className="min-w-0 flex-1 text-[13px] leading-5">
        <p className="font-medium text-ink">{fault.title}</p>
        <p className="text-ink-2">
          {fault.meaning} {fault.advice}
        </p>
        <p className="mt-1 flex flex-wrap items-center gap-1 text-xs text-ink-3">
          <span>{fault.requestId === undefined ? texts.code : texts.request}</span>
          <code className="truncate">{id}</code>
          <CopyButton text={id} label={texts.copyId} />
          {onReconnect && (
            <button type="button" onClick={onReconnect} className="button ms-1 h-6 px-2 text-xs">
              {texts.reconnect}
            </button>
          )}
        </p>
      </div>
      <button
        type="button"
        aria-label={texts.dismiss}
        onClick={onDismiss}
        className="button-quiet size-6 shrink-0 justify-center p-0"
      >
        <X aria-hidden size={14} />
      </button>
    </div>
  );
}
