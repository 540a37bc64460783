/** What the list of runs shows, as the address says it. */
import type { RunStatus } from "@sergas/react";
import { z } from "zod";

export const runSearchSchema = z.object({
  q: z.string().max(100).catch(""),
  status: z
    .enum(["queued", "running", "completed", "interrupted", "cancelled", "failed"])
    .optional()
    .catch(undefined),
  workflow: z.string().max(200).optional().catch(undefined),
  thread: z.string().max(200).optional().catch(undefined),
  since: z.enum(["1h", "24h", "7d", "30d"]).optional().catch(undefined),
});
export type RunSearch = z.infer<typeof runSearchSchema>;
export type Since = NonNullable<RunSearch["since"]>;

const HOURS: Readonly<Record<Since, number>> = { "1h": 1, "24h": 24, "7d": 168, "30d": 720 };

export interface AskedRuns {
  readonly status: readonly RunStatus[];
  readonly workflow?: string;
  readonly thread?: string;
  readonly from?: string;
}

/** The beginning is rounded to a minute, so that the same question stays the same question. */
export function askedRuns({ status, workflow, thread, since }: RunSearch, now: number): AskedRuns {
  const from =
    since === undefined
      ? undefined
      : new Date(Math.floor(now / 60_000) * 60_000 - HOURS[since] * 3_600_000).toISOString();
  return {
    status: status === undefined ? [] : [status],
    ...(workflow && { workflow }),
    ...(thread && { thread }),
    ...(from && { from }),
  };
}
