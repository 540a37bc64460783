import type { Tone } from "@sergas/react";

export interface Band {
  readonly label: string;
  readonly tone: Tone;
  readonly fill: string;
}

/** A low score needs much attention; the bands are the analysis' own. */
export const BANDS: Readonly<Record<"healthy" | "watch" | "at_risk" | "critical", Band>> = {
  healthy: { label: "Healthy", tone: "ok", fill: "bg-ok/45" },
  watch: { label: "Watch", tone: "active", fill: "bg-run/40" },
  at_risk: { label: "At risk", tone: "wait", fill: "bg-wait/45" },
  critical: { label: "Critical", tone: "bad", fill: "bg-bad/45" },
};

export const SEVERITY_TONES: Readonly<Record<"critical" | "high" | "medium" | "low", Tone>> = {
  critical: "bad",
  high: "wait",
  medium: "active",
  low: "off",
};

export const PRIORITY_WORDS: Readonly<
  Record<"now" | "high" | "medium" | "low", { readonly label: string; readonly tone: Tone }>
> = {
  now: { label: "Now", tone: "bad" },
  high: { label: "Soon", tone: "wait" },
  medium: { label: "Planned", tone: "active" },
  low: { label: "When there is time", tone: "off" },
};
