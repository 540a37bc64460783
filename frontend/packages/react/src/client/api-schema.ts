/** Made from the server's OpenAPI document by `make api-types`; not changed by hand. */
/** A refusal (RFC 9457); `error` and `message` are what CopilotKit's client reads. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail: string;
  readonly requestId: string;
  readonly error: string;
  readonly message: string;
}

/** A run. */
export interface Run {
  readonly id: string;
  readonly threadId: string;
  readonly workflow: string;
  readonly title: string;
  readonly status: RunStatus;
  readonly agents: readonly string[];
  readonly question: string;
  readonly leg: number;
  readonly createdAt: string;
  readonly outcome: Readonly<Record<string, unknown>>;
  readonly usage: Usage;
  readonly startedAt?: string | null;
  readonly finishedAt?: string | null;
  readonly retryOf?: string | null;
  readonly queuePosition?: number | null;
}

/** A page of runs. */
export interface RunPage {
  readonly runs: readonly Run[];
  readonly nextCursor: string | null;
}

/** The life of a run: queued, running, then one of the four ends. */
export type RunStatus = "queued" | "running" | "completed" | "interrupted" | "cancelled" | "failed";

/** What model calls used. */
export interface Usage {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly reasoningTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteInputTokens: number;
  readonly unpricedTokens: number;
  readonly costUsd?: number | null;
}

/** What usage is added up by. */
export type UsageBy = "agent" | "run" | "thread" | "user" | "tenant" | "model" | "day";

/** A line of the table of usage. */
export interface UsageRow {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly reasoningTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteInputTokens: number;
  readonly unpricedTokens: number;
  readonly costUsd?: number | null;
  readonly key: string;
}

/** Usage added up. */
export interface UsageTable {
  readonly by: UsageBy;
  readonly usage: readonly UsageRow[];
  readonly total: Usage;
  readonly nextCursor: string | null;
}

/** What each route takes and answers. */
export interface Routes {
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
}
