/** Made from the server's OpenAPI document by `make api-types`; not changed by hand. */
/** What a run waits for, as AG-UI has it. */
export interface InterruptShape {
  readonly id: string;
  readonly reason: string;
  readonly message: string;
  readonly toolCallId?: string;
  readonly expiresAt?: string;
  readonly responseSchema?: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** How a run ended, as far as it has. */
export interface OutcomeShape {
  readonly error?: RunErrorShape;
  readonly reason?: string;
  readonly interrupts?: readonly InterruptShape[];
  readonly skipped?: readonly string[];
}

/** Why a run failed; `retryAfter` is in seconds. */
export interface RunErrorShape {
  readonly code: string;
  readonly message: string;
  readonly recoverable: boolean;
  readonly type?: string;
  readonly retryAfter?: number;
  readonly budget?: Readonly<Record<string, unknown>>;
}

/** Runs, newest first; `nextCursor` is the `before` of the next page. */
export interface RunPageShape {
  readonly runs: readonly RunShape[];
  readonly nextCursor: string | null;
}

/** A run's record; times are ISO 8601 in UTC. */
export interface RunShape {
  readonly id: string;
  readonly threadId: string;
  readonly workflow: string;
  readonly title: string;
  readonly status: RunStatus;
  readonly agents: readonly string[];
  readonly question: string;
  readonly leg: number;
  readonly createdAt: string;
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly retryOf?: string;
  readonly queuePosition?: number;
  readonly outcome: OutcomeShape;
  readonly usage: UsageShape;
}

/** The life of a run: queued, running, then one of the four ends. */
export type RunStatus = "queued" | "running" | "completed" | "interrupted" | "cancelled" | "failed";

/** What usage is added up by. */
export type UsageBy = "agent" | "run" | "thread" | "user" | "tenant" | "model" | "day";

/** Tokens and cost of model calls, added up; without `costUsd` where no price is known. */
export interface UsageShape {
  readonly calls: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  readonly reasoningTokens: number;
  readonly cachedInputTokens: number;
  readonly cacheWriteInputTokens: number;
  readonly unpricedTokens: number;
  readonly costUsd?: number;
}

/** What each route takes and answers. */
export interface Routes {
  readonly "POST /api/runs": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly answer: RunShape;
  };
  readonly "GET /api/runs": {
    readonly path: Record<never, never>;
    readonly query: { readonly status?: readonly RunStatus[]; readonly thread?: string; readonly workflow?: string; readonly from?: string; readonly to?: string; readonly asks?: boolean; readonly limit?: number; readonly before?: string };
    readonly answer: RunPageShape;
  };
  readonly "GET /api/runs/{run_id}": {
    readonly path: { readonly run_id: string };
    readonly query: Record<never, never>;
    readonly answer: RunShape;
  };
  readonly "GET /api/runs/{run_id}/events": {
    readonly path: { readonly run_id: string };
    readonly query: { readonly after?: number };
    readonly answer: unknown;
  };
  readonly "POST /api/runs/{run_id}/cancel": {
    readonly path: { readonly run_id: string };
    readonly query: Record<never, never>;
    readonly answer: RunShape;
  };
  readonly "POST /api/runs/{run_id}/agents/{agent}/cancel": {
    readonly path: { readonly run_id: string; readonly agent: string };
    readonly query: Record<never, never>;
    readonly answer: RunShape;
  };
  readonly "POST /api/runs/{run_id}/retry": {
    readonly path: { readonly run_id: string };
    readonly query: Record<never, never>;
    readonly answer: RunShape;
  };
  readonly "GET /api/usage": {
    readonly path: Record<never, never>;
    readonly query: { readonly by: UsageBy; readonly from?: string; readonly to?: string; readonly run?: string; readonly thread?: string; readonly limit?: number; readonly after?: string };
    readonly answer: unknown;
  };
  readonly "POST /api/telemetry": {
    readonly path: Record<never, never>;
    readonly query: Record<never, never>;
    readonly answer: unknown;
  };
}
