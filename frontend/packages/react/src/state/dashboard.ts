/** All that the page knows, and the one function that changes it. */

import type { Problem } from "../client/api-error";
import type { LinkState } from "../client/link";
import type { LoggedEvent } from "../client/listener";
import type { RunRecord } from "../client/run-record";
import type { Links, Reachability } from "./connection";
import { keptRuns } from "./kept-runs";
import { withArrivals } from "./metrics";
import { reduceRun } from "./reduce-run";
import { emptyRun, type RunView } from "./run-view";

export interface Dashboard {
  readonly runs: Readonly<Record<string, RunView>>;
  /** Undefined until the server's list was read. */
  readonly records: readonly RunRecord[] | undefined;
  /** The server lists more runs than were read. */
  readonly hasOlderRecords: boolean;
  readonly links: Links;
  /** Runs whose own stream this page holds; nobody else needs to follow them. */
  readonly ownRuns: readonly string[];
  /** The run that a thread showed last. */
  readonly seen: Readonly<Record<string, string>>;
  /** The run that CopilotKit's messages of a thread have come to. */
  readonly joined: Readonly<Record<string, string>>;
  readonly isReachable: Reachability;
  readonly isUnauthorized: boolean;
  readonly lastError: Problem | null;
  readonly responseTimeMs: number;
  readonly arrivals: readonly number[];
}

export type EnhancedAction =
  | { readonly type: "events"; readonly events: readonly LoggedEvent[]; readonly at: number }
  | {
      readonly type: "records";
      readonly records: readonly RunRecord[];
      readonly hasOlder?: boolean;
    }
  | {
      readonly type: "link";
      readonly streamId: number;
      readonly link: LinkState;
      readonly answeredInMs: number | undefined;
    }
  | { readonly type: "own-run"; readonly runId: string; readonly isOpen: boolean }
  | { readonly type: "thread-opened"; readonly threadId: string }
  | { readonly type: "seen"; readonly threadId: string; readonly runId: string }
  | { readonly type: "joined"; readonly threadId: string; readonly runId: string }
  | { readonly type: "problem"; readonly problem: Problem }
  | { readonly type: "reachable" }
  | { readonly type: "error-dismissed" };

export const EMPTY_DASHBOARD: Dashboard = {
  runs: {},
  records: undefined,
  hasOlderRecords: false,
  links: {},
  ownRuns: [],
  seen: {},
  joined: {},
  isReachable: "unknown",
  isUnauthorized: false,
  lastError: null,
  responseTimeMs: 0,
  arrivals: [],
};

export function reduceDashboard(state: Dashboard, action: EnhancedAction): Dashboard {
  switch (action.type) {
    case "events":
      return {
        ...state,
        runs: action.events.reduce(withEvent, state.runs),
        arrivals: withArrivals(state.arrivals, action.events.length, action.at),
      };
    case "records":
      return {
        ...reachable(state),
        records: action.records,
        hasOlderRecords: action.hasOlder ?? false,
      };
    case "link":
      return reduceLink(state, action.streamId, action.link, action.answeredInMs);
    case "own-run": {
      const others = state.ownRuns.filter((runId) => runId !== action.runId);
      return { ...state, ownRuns: action.isOpen ? [...others, action.runId] : others };
    }
    case "thread-opened":
      return { ...state, runs: keptRuns(state.runs, action.threadId) };
    case "seen":
      return { ...state, seen: { ...state.seen, [action.threadId]: action.runId } };
    case "joined": {
      const { threadId, runId } = action;
      const seen = { ...state.seen, [threadId]: runId };
      return { ...state, seen, joined: { ...state.joined, [threadId]: runId } };
    }
    case "problem":
      return reduceProblem(state, action.problem);
    case "reachable":
      return reachable(state);
    case "error-dismissed":
      return { ...state, lastError: null };
  }
}

function withEvent(runs: Dashboard["runs"], logged: LoggedEvent): Dashboard["runs"] {
  const { runId } = logged.cursor;
  return { ...runs, [runId]: reduceRun(runs[runId] ?? emptyRun(runId), logged) };
}

function reduceLink(
  state: Dashboard,
  streamId: number,
  link: LinkState,
  answeredInMs: number | undefined,
): Dashboard {
  const { [streamId]: _, ...others } = state.links;
  const links = link.phase === "closed" ? others : { ...state.links, [streamId]: link };
  const responseTimeMs = answeredInMs ?? state.responseTimeMs;
  const next = { ...state, links, responseTimeMs };
  if (link.phase === "live") return reachable(next);
  return link.phase === "failed" ? reduceProblem(next, link.problem) : next;
}

/** An answer proves that the server is there; the complaint that it is not has had its time. */
function reachable(state: Dashboard): Dashboard {
  const lastError = state.lastError?.code === "unreachable" ? null : state.lastError;
  return { ...state, isReachable: "yes", isUnauthorized: false, lastError };
}

function reduceProblem(state: Dashboard, problem: Problem): Dashboard {
  return {
    ...state,
    lastError: problem,
    isReachable: problem.status === 0 ? "no" : "yes",
    isUnauthorized: problem.status === 401,
  };
}
