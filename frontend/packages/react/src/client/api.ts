/** The JSON routes: one small function each, answers parsed, refusals thrown as ApiError. */
import { z } from "zod";
import { ApiError, problemOf, unreachable } from "./api-error";
import type { InterruptAnswer } from "./interrupts";
import type { PageReport } from "./meter";
import { type Place, type Route, routeUrl } from "./routes";
import { type RunRecord, type RunStatus, runRecordSchema } from "./run-record";
import { type ThreadPage, threadPageSchema } from "./threads";

export interface ApiOptions {
  readonly runtimeUrl: string;
  readonly apiUrl: string;
  readonly headers: () => Record<string, string>;
  readonly fetch: typeof fetch;
}

export interface Api {
  readonly options: ApiOptions;
  request<T>(
    url: string,
    schema: z.ZodType<T, z.ZodTypeDef, unknown>,
    init?: RequestInit,
  ): Promise<T>;
  listRuns(filter?: RunFilter): Promise<readonly RunRecord[]>;
  /** A page of the runs, newest first; `nextCursor` is the `before` of the next one. */
  runPage(filter?: RunFilter): Promise<RunPage>;
  run(runId: string): Promise<RunRecord>;
  workflowStatus(runId: string): Promise<WorkflowStatusAnswer>;
  interrupt(runId: string, reason: string): Promise<void>;
  stopAgent(runId: string, agent: string): Promise<void>;
  /** Answer all interrupts of a run at once, and return the run that goes on. */
  answerInterrupts(answer: InterruptAnswers): Promise<RunRecord>;
  /** Start the run again and return the new run's id. */
  retry(runId: string): Promise<string>;
  /** Report what the page has measured; outlives the page. */
  report(report: PageReport): Promise<void>;
  eventsUrl(runId: string, after: number): string;
  /** A page of the conversations, the most recently used first. */
  threadPage(filter: ThreadFilter): Promise<ThreadPage>;
  threadsUrl(isArchived: boolean): string;
}

export interface RunFilter {
  readonly status?: readonly RunStatus[];
  readonly thread?: string;
  readonly workflow?: string;
  /** When a run was made: ISO 8601; the beginning included, the end not. */
  readonly from?: string;
  readonly to?: string;
  /** Only runs that wait for an answer and that no other run went on with. */
  readonly asks?: boolean;
  readonly limit?: number;
  readonly before?: string;
}

export interface InterruptAnswers {
  readonly runId: string;
  readonly threadId: string;
  readonly answers: readonly InterruptAnswer[];
}

export interface ThreadFilter {
  readonly isArchived: boolean;
  readonly cursor: string;
}

const runPageSchema = z.object({
  runs: z.array(runRecordSchema),
  nextCursor: z.string().nullish(),
});
export type RunPage = z.infer<typeof runPageSchema>;
const workflowStatus = z.object({
  workflow_id: z.string(),
  status: z.string(),
  started_at: z.union([z.string(), z.number()]).nullish(),
  progress: z.number(),
  agent_states: z.record(z.object({ status: z.string(), progress: z.number() }).passthrough()),
});
export type WorkflowStatusAnswer = z.infer<typeof workflowStatus>;

export function createApi(options: ApiOptions): Api {
  const { runtimeUrl, apiUrl } = options;
  const request: Api["request"] = async (url, schema, init) => {
    const response = await answer(options, url, init);
    return schema.parse(await response.json());
  };
  const url = <R extends Route>(route: R, place: Place<R>) => routeUrl(apiUrl, route, place);
  const runPage: Api["runPage"] = ({ limit = 50, ...filter } = {}) =>
    request(url("GET /api/runs", { path: {}, query: { limit, ...filter } }), runPageSchema);
  return {
    options,
    request,
    runPage,
    listRuns: async (filter) => (await runPage(filter)).runs,
    run: (runId) => request(url("GET /api/runs/{run_id}", ofRun(runId)), runRecordSchema),
    workflowStatus: (runId) =>
      request(`${runtimeUrl}/status/${encodeURIComponent(runId)}`, workflowStatus),
    async interrupt(runId, reason) {
      await answer(
        options,
        url("POST /api/runs/{run_id}/cancel", ofRun(runId)),
        posted({ reason }),
      );
    },
    async stopAgent(runId, agent) {
      const place = { path: { run_id: runId, agent }, query: {} };
      const address = url("POST /api/runs/{run_id}/agents/{agent}/cancel", place);
      await answer(options, address, posted({}));
    },
    answerInterrupts({ runId, threadId, answers }) {
      const address = url("POST /api/runs", { path: {}, query: {} });
      return request(address, runRecordSchema, posted({ runId, threadId, resume: answers }));
    },
    async retry(runId) {
      const address = url("POST /api/runs/{run_id}/retry", ofRun(runId));
      return (await request(address, runRecordSchema, posted({}))).id;
    },
    async report(report) {
      const address = url("POST /api/telemetry", { path: {}, query: {} });
      await answer(options, address, { ...posted(report), keepalive: true });
    },
    eventsUrl: (runId, after) =>
      url("GET /api/runs/{run_id}/events", { ...ofRun(runId), query: { after } }),
    threadPage: ({ isArchived, cursor }) => {
      const query = new URLSearchParams({ includeArchived: String(isArchived), cursor });
      return request(`${runtimeUrl}/threads?${query}`, threadPageSchema);
    },
    threadsUrl: (isArchived) => `${apiUrl}/threads/stream?includeArchived=${isArchived}`,
  };
}

function ofRun(runId: string) {
  return { path: { run_id: runId }, query: {} };
}

function posted(body: object): RequestInit {
  const headers = { "Content-Type": "application/json" };
  return { method: "POST", headers, body: JSON.stringify(body) };
}

async function answer(options: ApiOptions, url: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(options.headers())) headers.set(name, value);
  const response = await options.fetch(url, { ...init, headers }).catch(() => {
    throw new ApiError(unreachable());
  });
  if (!response.ok) throw new ApiError(await problemOf(response));
  return response;
}
