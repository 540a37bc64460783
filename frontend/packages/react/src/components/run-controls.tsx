import { RotateCcw, Square } from "lucide-react";
import { useState } from "react";
import type { RunStatus } from "../client/api-schema";
import { isActive } from "../client/run-record";
import { useTexts } from "../hooks/texts";
import { canRetry } from "../state/retry-advice";

export interface RunControlsProps {
  readonly status: RunStatus;
  /** Absent where only a retry is offered. */
  readonly onStop?: () => Promise<void>;
  readonly onRetry: () => Promise<void>;
}

/** Stop while it runs, retry when it did not end well. "Stopping" is all we know until the server answers. */
export function RunControls({ status, onStop, onRetry }: RunControlsProps) {
  const texts = useTexts();
  const [pending, setPending] = useState<"stop" | "retry" | undefined>();
  const during = (what: "stop" | "retry", action: () => Promise<void>) => async () => {
    setPending(what);
    await action();
    setPending(undefined);
  };
  if (isActive(status)) {
    if (onStop === undefined) return null;
    return (
      <button
        type="button"
        data-testid="stop-button"
        disabled={pending === "stop"}
        onClick={during("stop", onStop)}
        className="button-danger h-8 px-3"
      >
        <Square aria-hidden size={12} fill="currentColor" />
        {pending === "stop" ? texts.stopping : texts.stop}
      </button>
    );
  }
  if (!canRetry(status)) return null;
  return (
    <button
      type="button"
      data-testid="retry-button"
      disabled={pending === "retry"}
      onClick={during("retry", onRetry)}
      className="button h-8 px-3"
    >
      <RotateCcw aria-hidden size={13} />
      {pending === "retry" ? texts.starting : texts.retry}
    </button>
  );
}
