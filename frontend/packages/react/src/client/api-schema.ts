/** Made from the server's OpenAPI document by `make api-schema`; not changed by hand. */
import { z } from "zod";

/** The brief of an account, as the agents write it into the state. */
export const accountBriefSchema = z.object({
  brief: z.record(z.unknown()),
});
export type AccountBrief = z.infer<typeof accountBriefSchema>;

/** A thread that was archived. */
export const archivedSchema = z.object({
  threadId: z.string(),
  archived: z.boolean(),
});
export type Archived = z.infer<typeof archivedSchema>;

/** A thread that was deleted. */
export const deletedSchema = z.object({
  threadId: z.string(),
  deleted: z.boolean(),
});
export type Deleted = z.infer<typeof deletedSchema>;

/** The events of a thread. */
export const eventsSchema = z.object({
  events: z.array(z.record(z.unknown())),
});
export type Events = z.infer<typeof eventsSchema>;

/** A part of a server, and how long it took to answer. */
export const componentSchema = z.object({
  status: z.string(),
  detail: z.string(),
  ms: z.number(),
});
export type Component = z.infer<typeof componentSchema>;

/** What memory the process has, and how full the machine is. */
export const memorySchema = z.object({
  rss_bytes: z.number(),
  system_percent: z.number(),
});
export type Memory = z.infer<typeof memorySchema>;

/** A model provider that was called; `retryAfter` is in seconds. */
export const providerStateSchema = z.object({
  state: z.string(),
  faults: z.number(),
  openings: z.number().optional().catch(undefined),
  retryAfter: z.number().optional().catch(undefined),
});
export type ProviderState = z.infer<typeof providerStateSchema>;

/** How a server stands. */
export const healthSchema = z.object({
  status: z.string(),
  version: z.string(),
  timestamp: z.number(),
  components: z.record(componentSchema),
  active_workflows: z.number(),
  providers: z.record(providerStateSchema),
  runtime: z.string(),
  model: z.string(),
  memory: memorySchema,
  cpu: z.record(z.number()),
  capabilities: z.array(z.string()),
  workflows: z.array(z.string()),
  limits: z.record(z.number()),
});
export type Health = z.infer<typeof healthSchema>;

/** The messages of a thread. */
export const messagesSchema = z.object({
  messages: z.array(z.record(z.unknown())),
});
export type Messages = z.infer<typeof messagesSchema>;

/** The next date of an account. */
export const comingSchema = z.object({
  date: z.string(),
  what: z.string(),
});
export type Coming = z.infer<typeof comingSchema>;

/** An account and its score. */
export const accountRowSchema = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  owner: z.string(),
  industry: z.string(),
  city: z.string(),
  kind: z.enum(["customer", "prospect"]),
  currency: z.string(),
  score: z.number(),
  band: z.enum(["healthy", "watch", "at_risk", "critical"]),
  coverage: z.number(),
  provisional: z.boolean(),
  reason: z.string(),
  flags: z.number(),
  contractValue: z.number().optional().catch(undefined),
  next: comingSchema.optional().catch(undefined),
});
export type AccountRow = z.infer<typeof accountRowSchema>;

/** All accounts, those first that need attention most; from no source where there are none. */
export const overviewSchema = z.object({
  accounts: z.array(accountRowSchema),
  source: z.string().nullable(),
  readAt: z.number().optional().catch(undefined),
});
export type Overview = z.infer<typeof overviewSchema>;

/** A refusal (RFC 9457); `error` and `message` are what CopilotKit's client reads. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  detail: z.string(),
  requestId: z.string(),
  error: z.string(),
  message: z.string(),
});
export type Problem = z.infer<typeof problemSchema>;

/** Why a run failed; seconds until another try is worth it, where the cause says so. */
export const runFaultSchema = z.object({
  code: z.string(),
  message: z.string(),
  recoverable: z.boolean().optional().catch(undefined),
  retryAfter: z.number().optional().catch(undefined),
  budget: z.record(z.unknown()).optional().catch(undefined),
});
export type RunFault = z.infer<typeof runFaultSchema>;

/** How a run ended; empty before. */
export const outcomeSchema = z.object({
  error: runFaultSchema.optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
  interrupts: z.array(z.record(z.unknown())).optional().catch(undefined),
  frontendTools: z.array(z.record(z.unknown())).optional().catch(undefined),
  skipped: z.array(z.string()).optional().catch(undefined),
});
export type Outcome = z.infer<typeof outcomeSchema>;

/** The life of a run: queued, running, then one of the four ends. */
export const runStatusSchema = z.enum(["queued", "running", "completed", "interrupted", "cancelled", "failed"]);
export type RunStatus = z.infer<typeof runStatusSchema>;

/** What model calls used. */
export const usageSchema = z.object({
  calls: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  totalTokens: z.number(),
  reasoningTokens: z.number(),
  cachedInputTokens: z.number(),
  cacheWriteInputTokens: z.number(),
  unpricedTokens: z.number(),
  costUsd: z.number().optional().catch(undefined),
});
export type Usage = z.infer<typeof usageSchema>;

/** A run. */
export const runSchema = z.object({
  id: z.string(),
  threadId: z.string(),
  workflow: z.string(),
  title: z.string(),
  status: runStatusSchema,
  agents: z.array(z.string()),
  question: z.string(),
  leg: z.number(),
  createdAt: z.string(),
  outcome: outcomeSchema,
  usage: usageSchema,
  startedAt: z.string().optional().catch(undefined),
  finishedAt: z.string().optional().catch(undefined),
  retryOf: z.string().optional().catch(undefined),
  queuePosition: z.number().optional().catch(undefined),
});
export type Run = z.infer<typeof runSchema>;

/** A page of runs. */
export const runPageSchema = z.object({
  runs: z.array(runSchema),
  nextCursor: z.string().nullable(),
});
export type RunPage = z.infer<typeof runPageSchema>;

/** How an agent of a run stands, in the blueprint's words. */
export const agentStandingSchema = z.object({
  status: z.string(),
  progress: z.number(),
});
export type AgentStanding = z.infer<typeof agentStandingSchema>;

/** How a run stands, in the blueprint's words. */
export const runStandingSchema = z.object({
  workflow_id: z.string(),
  status: z.string(),
  started_at: z.string(),
  agent_states: z.record(agentStandingSchema),
  progress: z.number(),
  thread_id: z.string(),
  workflow: z.string(),
});
export type RunStanding = z.infer<typeof runStandingSchema>;

/** What the runtime offers to CopilotKit's client; `defaultAgent` is what `default` means. */
export const runtimeInfoSchema = z.object({
  version: z.string(),
  mode: z.string(),
  agents: z.record(z.record(z.unknown())),
  defaultAgent: z.string(),
  accounts: z.boolean(),
  audioFileTranscriptionEnabled: z.boolean(),
  threadEndpoints: z.record(z.boolean()),
  singleRoute: z.record(z.unknown()),
  suggestions: z.boolean(),
  a2uiEnabled: z.boolean(),
  openGenerativeUIEnabled: z.boolean(),
  telemetryDisabled: z.boolean(),
});
export type RuntimeInfo = z.infer<typeof runtimeInfoSchema>;

/** The shared state of a thread. */
export const stateSchema = z.object({
  state: z.unknown(),
});
export type State = z.infer<typeof stateSchema>;

/** A thread, as CopilotKit's client wants it. */
export const threadSchema = z.object({
  id: z.string(),
  name: z.string().nullable(),
  agentId: z.string(),
  organizationId: z.string(),
  createdById: z.string(),
  archived: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
  runCount: z.number(),
  status: runStatusSchema.optional().catch(undefined),
  lastRunAt: z.string().optional().catch(undefined),
});
export type Thread = z.infer<typeof threadSchema>;

/** A page of threads. */
export const threadPageSchema = z.object({
  threads: z.array(threadSchema),
  nextCursor: z.string().nullable(),
});
export type ThreadPage = z.infer<typeof threadPageSchema>;

/** What usage is added up by. */
export const usageBySchema = z.enum(["agent", "run", "thread", "user", "tenant", "model", "day"]);
export type UsageBy = z.infer<typeof usageBySchema>;

/** A line of the table of usage. */
export const usageRowSchema = z.object({
  calls: z.number(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  totalTokens: z.number(),
  reasoningTokens: z.number(),
  cachedInputTokens: z.number(),
  cacheWriteInputTokens: z.number(),
  unpricedTokens: z.number(),
  costUsd: z.number().optional().catch(undefined),
  key: z.string(),
});
export type UsageRow = z.infer<typeof usageRowSchema>;

/** Usage added up. */
export const usageTableSchema = z.object({
  by: usageBySchema,
  usage: z.array(usageRowSchema),
  total: usageSchema,
  nextCursor: z.string().nullable(),
});
export type UsageTable = z.infer<typeof usageTableSchema>;

/** What each route takes and answers. */
export interface Routes {
  readonly "GET /api/copilotkit/info": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly answer: RuntimeInfo;
  };
  readonly "GET /api/copilotkit/threads": {
    readonly path: Record<never, never>;
    readonly query: { readonly agentId?: string; readonly includeArchived?: boolean; readonly limit?: number; readonly cursor?: string };
    readonly answer: ThreadPage;
  };
  readonly "PATCH /api/copilotkit/threads/{thread_id}": {
    readonly path: { readonly thread_id: string };
    readonly query: Record<never, never>;
    readonly answer: Thread;
  };
  readonly "DELETE /api/copilotkit/threads/{thread_id}": {
    readonly path: { readonly thread_id: string };
    readonly query: Record<never, never>;
    readonly answer: Deleted;
  };
  readonly "POST /api/copilotkit/threads/{thread_id}/archive": {
    readonly path: { readonly thread_id: string };
    readonly query: Record<never, never>;
    readonly answer: Archived;
  };
  readonly "GET /api/copilotkit/threads/{thread_id}/messages": {
    readonly path: { readonly thread_id: string };
    readonly query: Record<never, never>;
    readonly answer: Messages;
  };
  readonly "GET /api/copilotkit/threads/{thread_id}/events": {
    readonly path: { readonly thread_id: string };
    readonly query: Record<never, never>;
    readonly answer: Events;
  };
  readonly "GET /api/copilotkit/threads/{thread_id}/state": {
    readonly path: { readonly thread_id: string };
    readonly query: Record<never, never>;
    readonly answer: State;
  };
  readonly "GET /api/copilotkit/status/{workflow_id}": {
    readonly path: { readonly workflow_id: string };
    readonly query: Record<never, never>;
    readonly answer: RunStanding;
  };
  readonly "POST /api/runs": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly answer: Run;
  };
  readonly "GET /api/runs": {
    readonly path: Record<never, never>;
    readonly query: { readonly status?: readonly RunStatus[]; readonly thread?: string; readonly workflow?: string; readonly from?: string; readonly to?: string; readonly asks?: boolean; readonly limit?: number; readonly before?: string };
    readonly answer: RunPage;
  };
  readonly "GET /api/runs/{run_id}": {
    readonly path: { readonly run_id: string };
    readonly query: Record<never, never>;
    readonly answer: Run;
  };
  readonly "GET /api/runs/{run_id}/events": {
    readonly path: { readonly run_id: string };
    readonly query: { readonly after?: number };
    readonly answer: unknown;
  };
  readonly "POST /api/runs/{run_id}/cancel": {
    readonly path: { readonly run_id: string };
    readonly query: Record<never, never>;
    readonly answer: Run;
  };
  readonly "POST /api/runs/{run_id}/agents/{agent}/cancel": {
    readonly path: { readonly run_id: string; readonly agent: string };
    readonly query: Record<never, never>;
    readonly answer: Run;
  };
  readonly "POST /api/runs/{run_id}/retry": {
    readonly path: { readonly run_id: string };
    readonly query: Record<never, never>;
    readonly answer: Run;
  };
  readonly "GET /health/enhanced": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly answer: Health;
  };
  readonly "GET /api/usage": {
    readonly path: Record<never, never>;
    readonly query: { readonly by: UsageBy; readonly from?: string; readonly to?: string; readonly run?: string; readonly thread?: string; readonly limit?: number; readonly after?: string };
    readonly answer: UsageTable;
  };
  readonly "POST /api/telemetry": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly answer: unknown;
  };
  readonly "GET /api/accounts": {
    readonly path: Record<never, never>;
    readonly query: { readonly limit?: number; readonly fresh?: boolean };
    readonly answer: Overview;
  };
  readonly "GET /api/accounts/{ref}": {
    readonly path: { readonly ref: string };
    readonly query: Record<never, never>;
    readonly answer: AccountBrief;
  };
}

/** What parses the answer of each route. */
export const ANSWERS: {
  readonly [R in keyof Routes]: z.ZodType<Routes[R]["answer"], z.ZodTypeDef, unknown>;
} = {
  "GET /api/copilotkit/info": runtimeInfoSchema,
  "GET /api/copilotkit/threads": threadPageSchema,
  "PATCH /api/copilotkit/threads/{thread_id}": threadSchema,
  "DELETE /api/copilotkit/threads/{thread_id}": deletedSchema,
  "POST /api/copilotkit/threads/{thread_id}/archive": archivedSchema,
  "GET /api/copilotkit/threads/{thread_id}/messages": messagesSchema,
  "GET /api/copilotkit/threads/{thread_id}/events": eventsSchema,
  "GET /api/copilotkit/threads/{thread_id}/state": stateSchema,
  "GET /api/copilotkit/status/{workflow_id}": runStandingSchema,
  "POST /api/runs": runSchema,
  "GET /api/runs": runPageSchema,
  "GET /api/runs/{run_id}": runSchema,
  "GET /api/runs/{run_id}/events": z.unknown(),
  "POST /api/runs/{run_id}/cancel": runSchema,
  "POST /api/runs/{run_id}/agents/{agent}/cancel": runSchema,
  "POST /api/runs/{run_id}/retry": runSchema,
  "GET /health/enhanced": healthSchema,
  "GET /api/usage": usageTableSchema,
  "POST /api/telemetry": z.unknown(),
  "GET /api/accounts": overviewSchema,
  "GET /api/accounts/{ref}": accountBriefSchema,
};
