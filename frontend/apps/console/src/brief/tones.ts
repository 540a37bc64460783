import type { Tone } from "@sergas/react";

export const TONE_TEXT: Readonly<Record<Tone, string>> = {
  idle: "text-ink-3",
  active: "text-run",
  ok: "text-ok",
  wait: "text-wait",
  bad: "text-bad",
  off: "text-ink-2",
};

export const TONE_CHIP: Readonly<Record<Tone, string>> = {
  idle: "bg-sunken text-ink-2",
  active: "bg-run-soft text-run",
  ok: "bg-ok-soft text-ok",
  wait: "bg-wait-soft text-wait",
  bad: "bg-bad-soft text-bad",
  off: "bg-sunken text-ink-2",
};
