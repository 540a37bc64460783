/** A run as the server lists it. */
import { z } from "zod";
import { interruptSchema } from "./interrupts";
import { usageSchema } from "./usage";

export const runStatusSchema = z.enum([
  "queued",
  "running",
  "completed",
  "interrupted",
  "cancelled",
  "failed",
]);
export type RunStatus = z.infer<typeof runStatusSchema>;

const outcomeSchema = z.object({
  error: z
    .object({
      code: z.string(),
      message: z.string(),
      recoverable: z.boolean().catch(false),
      /** Seconds. */
      retryAfter: z.number().optional(),
    })
    .optional(),
  reason: z.string().optional(),
  interrupts: z.array(interruptSchema).optional(),
});

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
  /** 1 for the run that begins next. */
  queuePosition: z.number().nullish(),
  usage: usageSchema.nullish().catch(undefined),
  outcome: outcomeSchema.nullish().catch(undefined),
});
export type RunRecord = z.infer<typeof runRecordSchema>;

export function isActive(status: RunStatus): boolean {
  return status === "queued" || status === "running";
}
