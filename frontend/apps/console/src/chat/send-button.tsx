import { ArrowUp, Square } from "lucide-react";
import type { ButtonHTMLAttributes } from "react";
import { useComposer } from "./composer-context";

/** Send; while a run is at work the same place stops it. CopilotKit tells which by an icon. */
export function SendButton({
  children,
  onClick,
  disabled,
}: ButtonHTMLAttributes<HTMLButtonElement>) {
  const { hasText, queue } = useComposer();
  const isStop = children !== undefined;
  if (!isStop) return <Send label="Send" onClick={onClick} disabled={disabled} />;
  return (
    <>
      {hasText && <Send label="Send when the run ends" onClick={queue} />}
      <button
        type="button"
        data-testid="composer-stop"
        aria-label="Stop the run"
        title="Stop the run"
        onClick={onClick}
        disabled={disabled}
        className={`${hasText ? "button" : "button-primary"} size-8 justify-center p-0`}
      >
        <Square aria-hidden size={12} fill="currentColor" />
      </button>
    </>
  );
}

interface SendProps extends Pick<ButtonHTMLAttributes<HTMLButtonElement>, "onClick" | "disabled"> {
  readonly label: string;
}

function Send({ label, onClick, disabled }: SendProps) {
  return (
    <button
      type="button"
      data-testid="copilot-send-button"
      aria-label={label}
      title={label}
      onClick={onClick}
      disabled={disabled}
      className="button-primary size-8 justify-center p-0 disabled:opacity-35"
    >
      <ArrowUp aria-hidden size={16} />
    </button>
  );
}
