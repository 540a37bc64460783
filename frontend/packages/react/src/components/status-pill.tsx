import type { Words } from "../state/words";
import { StatusIcon } from "./status-icon";
import { TONE_SOFT } from "./tones";

export interface StatusPillProps {
  readonly words: Words;
  readonly testId?: string;
}

export function StatusPill({ words, testId }: StatusPillProps) {
  return (
    <span
      data-testid={testId}
      className={`inline-flex h-6 items-center gap-1.5 rounded-full pe-2.5 ps-1.5 text-xs font-medium whitespace-nowrap ${TONE_SOFT[words.tone]}`}
    >
      <StatusIcon tone={words.tone} size={14} />
      {words.label}
    </span>
  );
}
