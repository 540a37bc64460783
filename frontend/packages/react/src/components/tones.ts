import type { Tone } from "../state/words";

/** One table from tone to colour, so that a status looks the same everywhere. */
export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  idle: "text-ink-3",
  active: "text-run",
  ok: "text-ok",
  wait: "text-wait",
  bad: "text-bad",
  off: "text-ink-2",
};

export const TONE_SOFT: Readonly<Record<Tone, string>> = {
  idle: "bg-sunken text-ink-2",
  active: "bg-run-soft text-run",
  ok: "bg-ok-soft text-ok",
  wait: "bg-wait-soft text-wait",
  bad: "bg-bad-soft text-bad",
  off: "bg-sunken text-ink-2",
};

export const TONE_FILL: Readonly<Record<Tone, string>> = {
  idle: "bg-line-strong",
  active: "bg-run",
  ok: "bg-ok",
  wait: "bg-wait",
  bad: "bg-bad",
  off: "bg-ink-3",
};
