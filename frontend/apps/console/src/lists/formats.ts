/** Numbers and times as the tables print them. */
import { formatDuration, type RunRecord } from "@sergas/react";

const NUMBER = new Intl.NumberFormat("en-GB");
const COMPACT = new Intl.NumberFormat("en-GB", { notation: "compact", maximumFractionDigits: 1 });
const MOMENT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

export function formatCount(count: number | undefined): string {
  return count === undefined ? "–" : NUMBER.format(count);
}

export function formatCompact(count: number): string {
  return COMPACT.format(count);
}

/** Nothing is free because nobody knows its price, or because no model was called: then a dash. */
export function formatCost(usd: number | undefined): string {
  if (usd === undefined || usd === 0) return "–";
  return `$${usd.toFixed(usd < 1 ? 4 : 2)}`;
}

export function formatMoment(at: string | number | null | undefined): string {
  const time = typeof at === "number" ? at : Date.parse(at ?? "");
  return Number.isNaN(time) ? "" : MOMENT.format(time);
}

/** How long a run took, or has taken so far. */
export function tookMs({ startedAt, finishedAt, status }: RunRecord, now: number) {
  const from = Date.parse(startedAt ?? "");
  if (Number.isNaN(from)) return undefined;
  const to = Date.parse(finishedAt ?? "");
  if (!Number.isNaN(to)) return to - from;
  return status === "running" ? Math.max(0, now - from) : undefined;
}

export function formatTook(run: RunRecord, now: number): string {
  const took = tookMs(run, now);
  return took === undefined ? "–" : formatDuration(took);
}
