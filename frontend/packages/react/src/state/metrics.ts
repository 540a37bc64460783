/** Numbers about the connection, measured on this page. */
import type { RunRecord } from "../client/run-record";

export interface Metrics {
  /** Milliseconds from a request to the first byte of its stream; the latest one. */
  readonly responseTime: number;
  /** Events a second over the last five seconds with events. */
  readonly throughput: number;
  /** Failed runs in percent of the finished ones that the server lists. */
  readonly errorRate: number;
  readonly activeConnections: number;
}

const WINDOW_MS = 5000;

export function withArrivals(arrivals: readonly number[], count: number, at: number): number[] {
  const recent = arrivals.filter((time) => time > at - WINDOW_MS);
  return [...recent, ...Array.from({ length: count }, () => at)];
}

export function throughputOf(arrivals: readonly number[]): number {
  return Math.round((arrivals.length / (WINDOW_MS / 1000)) * 10) / 10;
}

export function errorRateOf(records: readonly RunRecord[]): number {
  const finished = records.filter(({ status }) =>
    ["completed", "failed", "cancelled"].includes(status),
  );
  if (finished.length === 0) return 0;
  const failed = finished.filter(({ status }) => status === "failed");
  return Math.round((failed.length / finished.length) * 100);
}
