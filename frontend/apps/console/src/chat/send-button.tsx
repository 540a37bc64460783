import { ArrowUp, Square } from "lucide-react";
import type { ButtonHTMLAttributes } from "react";

/** Send; while a run is at work the same place stops it. CopilotKit tells which by an icon. */
export function SendButton({
  children,
  className: _,
  ...button
}: ButtonHTMLAttributes<HTMLButtonElement>) {
  const isStop = children !== undefined;
  return (
    <button
      {...button}
      type="button"
      data-testid="copilot-send-button"
      aria-label={isStop ? "Stop the run" : "Send"}
      title={isStop ? "Stop the run" : "Send"}
      className="button-primary size-8 justify-center p-0 disabled:opacity-35"
    >
      {isStop ? (
        <Square aria-hidden size={12} fill="currentColor" />
      ) : (
        <ArrowUp aria-hidden size={16} />
      )}
    </button>
  );
}
