import { RUN_WORDS, type RunStatus, StatusIcon, TONE_TEXT } from "@sergas/react";

export interface StatusWordsProps {
  readonly status: RunStatus;
}

/** How a run stands, in a cell of its own. */
export function StatusWords({ status }: StatusWordsProps) {
  const { label, tone } = RUN_WORDS[status];
  return (
    <span className={`flex items-center gap-1.5 text-xs font-medium ${TONE_TEXT[tone]}`}>
      <StatusIcon tone={tone} size={14} />
      {label}
    </span>
  );
}

/** The same before a name, where the screen is too narrow for the cell. */
export function StatusMark({ status }: StatusWordsProps) {
  const { label, tone } = RUN_WORDS[status];
  return (
    <span className="shrink-0 md:hidden">
      <StatusIcon tone={tone} size={14} />
      <span className="sr-only">{label}: </span>
    </span>
  );
}
