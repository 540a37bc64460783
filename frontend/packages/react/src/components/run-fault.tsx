import type { ReactNode } from "react";
import { useTexts } from "../hooks/texts";

export interface RunFaultProps {
  readonly message: string | undefined;
  /** What a retry would do. */
  readonly advice: string | undefined;
  readonly isFailure: boolean;
  readonly action: ReactNode;
}

/** Why a run ended without its result, what that means, and the way on. */
export function RunFault({ message, advice, isFailure, action }: RunFaultProps) {
  const texts = useTexts();
  return (
    <div
      data-testid="run-fault"
      className={`flex flex-wrap items-center gap-x-3 gap-y-2 border-t px-3 py-2 text-[13px] leading-5 ${isFailure ? "border-bad/30 bg-bad-soft" : "border-line"}`}
    >
      <p className="min-w-[12rem] flex-1 [overflow-wrap:anywhere] text-ink-2">
        {message && (
          <span className={isFailure ? "text-bad" : "text-ink"}>{asSentence(message)} </span>
        )}
        {isFailure && `${texts.endedHere} `}
        {advice}
      </p>
      {action}
    </div>
  );
}

export function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
