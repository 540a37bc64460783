/** The `workflow_status` activity: the server's own word on a run and its agents. */
import { z } from "zod";
import { usageSchema } from "../client/api-schema";
import { budgetSchema } from "../client/budget";

export const agentStateSchema = z.enum([
  "initializing",
  "running",
  "completed",
  "error",
  "cancelled",
  "waiting",
]);
export type AgentState = z.infer<typeof agentStateSchema>;

export const agentStatusSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  runtime: z.string().optional(),
  model: z.string().optional(),
  status: agentStateSchema,
  progress: z.number().catch(0),
  currentTask: z.string().catch(""),
  attempt: z.number().catch(1),
  toolCalls: z.number().catch(0),
  reused: z.boolean().catch(false),
  /** Somebody stopped it, and the run goes on without it. */
  skipped: z.boolean().catch(false),
  startedAt: z.number().optional(),
  finishedAt: z.number().optional(),
  error: z
    .object({ code: z.string(), message: z.string(), recoverable: z.boolean().catch(false) })
    .optional(),
  usage: usageSchema.optional().catch(undefined),
});
export type AgentStatus = z.infer<typeof agentStatusSchema>;

export const workflowStatusSchema = z.object({
  workflowId: z.string(),
  workflow: z.string().catch(""),
  title: z.string().catch(""),
  status: z.enum(["queued", "running", "completed", "interrupted", "cancelled", "failed"]),
  progress: z.number().catch(0),
  currentAgent: z.string().catch(""),
  completedAgents: z.array(z.string()).catch([]),
  startedAt: z.number().optional(),
  finishedAt: z.number().optional(),
  reason: z.string().optional(),
  agents: z.record(agentStatusSchema).catch({}),
  usage: usageSchema.optional().catch(undefined),
  budget: budgetSchema.optional().catch(undefined),
  /** Limits of the budget that are nearly reached. */
  warnings: z.array(z.object({ limit: z.string(), message: z.string() })).catch([]),
});
export type WorkflowStatus = z.infer<typeof workflowStatusSchema>;

export const WORKFLOW_STATUS = "workflow_status";

export function parseWorkflowStatus(content: unknown): WorkflowStatus | undefined {
  const parsed = workflowStatusSchema.safeParse(content);
  return parsed.success ? parsed.data : undefined;
}
