import {
  CircleAlert,
  CircleCheck,
  CircleDashed,
  CirclePause,
  CircleSlash,
  LoaderCircle,
} from "lucide-react";
import type { Tone } from "../state/words";
import { TONE_TEXT } from "./tones";

const ICONS = {
  idle: CircleDashed,
  active: LoaderCircle,
  ok: CircleCheck,
  wait: CirclePause,
  bad: CircleAlert,
  off: CircleSlash,
} as const;

export interface StatusIconProps {
  readonly tone: Tone;
  readonly size?: number;
}

/** Shape and colour of a status; the word beside it carries the meaning. */
export function StatusIcon({ tone, size = 16 }: StatusIconProps) {
  const Icon = ICONS[tone];
  const spin = tone === "active" ? "animate-spin motion-reduce:animate-none" : "";
  return (
    <Icon
      aria-hidden
      size={size}
      strokeWidth={2}
      className={`shrink-0 ${TONE_TEXT[tone]} ${spin}`}
    />
  );
}
