import { TONE_SOFT, type Tone } from "@sergas/react";

export interface ChipProps {
  readonly tone: Tone;
  readonly label: string;
}

export function Chip({ tone, label }: ChipProps) {
  return (
    <span
      className={`inline-flex h-5 shrink-0 items-center rounded px-1.5 text-[11px] font-medium whitespace-nowrap ${TONE_SOFT[tone]}`}
    >
      {label}
    </span>
  );
}
