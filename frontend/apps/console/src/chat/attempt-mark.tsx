import type { LostAttempt } from "@sergas/react";

export interface AttemptMarkProps {
  readonly lost: LostAttempt;
}

/** Says that what follows is not the answer. */
export function AttemptMark({ lost }: AttemptMarkProps) {
  const isFailed = lost.outcome === "failed";
  return (
    <span
      data-testid="attempt-mark"
      className={`rounded px-1.5 py-px text-[11px] font-medium ${isFailed ? "bg-bad-soft text-bad" : "bg-sunken text-ink-2"}`}
    >
      attempt {lost.attempt}, {lost.outcome}
    </span>
  );
}
