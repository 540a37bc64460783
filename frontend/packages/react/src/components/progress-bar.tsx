import type { Tone } from "../state/words";
import { TONE_FILL } from "./tones";

export interface ProgressBarProps {
  readonly percent: number;
  readonly tone: Tone;
  readonly label: string;
  readonly isThin?: boolean;
  readonly testId?: string;
}

export function ProgressBar({ percent, tone, label, isThin = false, testId }: ProgressBarProps) {
  const value = Math.round(Math.min(100, Math.max(0, percent)));
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={value}
      data-testid={testId}
      className={`w-full overflow-hidden rounded-full bg-sunken ${isThin ? "h-1" : "h-1.5"}`}
    >
      <div
        className={`h-full rounded-full transition-[width] duration-200 motion-reduce:transition-none ${TONE_FILL[tone]}`}
        style={{ width: `${value}%` }}
      />
    </div>
  );
}
