/** A run as the server lists it. */
import { z } from "zod";

export const runStatusSchema = z.enum([
  "queued",
  "running",
  "completed",
  "interrupted",
  "cancelled",
  "failed",
]);
export type RunStatus = z.infer<typeof runStatusSchema>;

export const runRecordSchema = z.object({
  id: z.string(),
  threadId: z.string(),
  workflow: z.string(),
  title: z.string(),
  status: runStatusSchema,
  agents: z.array(z.string()).default([]),
  createdAt: z.string(),
  startedAt: z.string().nullish(),
  finishedAt: z.string().nullish(),
  retryOf: z.string().nullish(),
  /** What was asked: the last text of the user. */
  question: z.string().nullish(),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

export function isActive(status: RunStatus): boolean {
  return status === "queued" || status === "running";
}
