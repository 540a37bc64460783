/** The JSON routes: one small function each, answers parsed, refusals thrown as ApiError. */
import { ApiError, problemOf, unreachable } from "./api-error";
import { ANSWERS, type Routes, type RunStanding, type ThreadPage } from "./api-schema";
import type { InterruptAnswer } from "./interrupts";
import type { PageReport } from "./meter";
import { type Bases, type Place, type Route, routeUrl } from "./routes";
import { type RunRecord, recordOf } from "./run-record";

export interface ApiOptions extends Bases {
  readonly headers: () => Record<string, string>;
  readonly fetch: typeof fetch;
}

export interface Api {
  readonly options: ApiOptions;
  /** Ask any route of the server's OpenAPI document. */
  ask<R extends Route>(route: R, place: Place<R>, init?: RequestInit): Promise<Answer<R>>;
  listRuns(filter?: RunFilter): Promise<readonly RunRecord[]>;
  /** A page of the runs, newest first; `nextCursor` is the `before` of the next one. */
  runPage(filter?: RunFilter): Promise<RunPage>;
  run(runId: string): Promise<RunRecord>;
  workflowStatus(runId: string): Promise<RunStanding>;
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

export type Answer<R extends Route> = Routes[R]["answer"];
/** Times are ISO 8601; `asks` takes runs that wait for an answer and that no other went on with. */
export type RunFilter = Routes["GET /api/runs"]["query"];

export interface RunPage {
  readonly runs: readonly RunRecord[];
  readonly nextCursor: string | null;
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

const NOWHERE = { path: {}, query: {} };

export function createApi(options: ApiOptions): Api {
  const url = <R extends Route>(route: R, place: Place<R>) => routeUrl(options, route, place);
  const ask: Api["ask"] = async (route, place, init) => {
    const response = await answer(options, url(route, place), init);
    return ANSWERS[route].parse(await response.json());
  };
  const runPage: Api["runPage"] = async ({ limit = 50, ...filter } = {}) => {
    const page = await ask("GET /api/runs", { path: {}, query: { limit, ...filter } });
    return { ...page, runs: page.runs.map(recordOf) };
  };
  return {
    options,
    ask,
    runPage,
    listRuns: async (filter) => (await runPage(filter)).runs,
    run: async (runId) => recordOf(await ask("GET /api/runs/{run_id}", ofRun(runId))),
    workflowStatus: (runId) => {
      const place = { path: { workflow_id: runId }, query: {} };
      return ask("GET /api/copilotkit/status/{workflow_id}", place);
    },
    async interrupt(runId, reason) {
      await ask("POST /api/runs/{run_id}/cancel", ofRun(runId), json("POST", { reason }));
    },
    async stopAgent(runId, agent) {
      const place = { path: { run_id: runId, agent }, query: {} };
      await ask("POST /api/runs/{run_id}/agents/{agent}/cancel", place, json("POST", {}));
    },
    async answerInterrupts({ runId, threadId, answers }) {
      const body = { runId, threadId, resume: answers };
      return recordOf(await ask("POST /api/runs", NOWHERE, json("POST", body)));
    },
    retry: async (runId) =>
      (await ask("POST /api/runs/{run_id}/retry", ofRun(runId), json("POST", {}))).id,
    async report(report) {
      // It has no answer but that it was taken.
      const address = url("POST /api/telemetry", NOWHERE);
      await answer(options, address, { ...json("POST", report), keepalive: true });
    },
    eventsUrl: (runId, after) =>
      url("GET /api/runs/{run_id}/events", { ...ofRun(runId), query: { after } }),
    threadPage: ({ isArchived, cursor }) =>
      ask("GET /api/copilotkit/threads", {
        path: {},
        query: { includeArchived: isArchived, cursor },
      }),
    threadsUrl: (isArchived) => `${options.apiUrl}/threads/stream?includeArchived=${isArchived}`,
  };
}

function ofRun(runId: string) {
  return { path: { run_id: runId }, query: {} };
}

/** A request with a JSON body. */
export function json(method: "POST" | "PATCH" | "DELETE", body: object): RequestInit {
  const headers = { "Content-Type": "application/json" };
  return { method, headers, body: JSON.stringify(body) };
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
