import { type ReactNode, useEffect, useMemo, useReducer } from "react";
import { createApi } from "../client/api";
import { createRunFeeds } from "../client/run-feeds";
import { bearer } from "../client/token";
import { type LiveRuns, LiveRunsContext } from "../hooks/live-runs";
import { useRunActions } from "../hooks/use-run-actions";
import { useRunFeed, useThreadRun } from "../hooks/use-run-feed";
import { useRunRecords } from "../hooks/use-run-records";
import { useTransport } from "../hooks/use-transport";
import { EMPTY_DASHBOARD, reduceDashboard } from "../state/dashboard";
import { enhancedState, newestRunOf } from "../state/enhanced-state";

export interface RunsProviderProps {
  readonly runtimeUrl: string;
  readonly authToken?: string | undefined;
  /** How often a broken stream is tried again before a person is asked. */
  readonly reconnectAttempts?: number;
  /** Where the runs API lives; by default beside the runtime. */
  readonly apiUrl?: string | undefined;
  /** The conversation that is open; its newest run is the one that is shown. */
  readonly threadId?: string | undefined;
  /** Show this run instead. */
  readonly runId?: string | undefined;
  readonly children: ReactNode;
}

/** Streams that survive and the state of every run; a page without a chat needs nothing else. */
export function RunsProvider({
  runtimeUrl,
  authToken,
  reconnectAttempts = 8,
  apiUrl = runtimeUrl.replace(/\/copilotkit\/?$/, ""),
  threadId,
  runId,
  children,
}: RunsProviderProps) {
  const [dashboard, dispatch] = useReducer(reduceDashboard, EMPTY_DASHBOARD);
  const transport = useTransport({ runtimeUrl, reconnectAttempts, dispatch });
  const api = useMemo(() => {
    const headers = bearer(authToken);
    return createApi({ runtimeUrl, apiUrl, headers: () => headers, fetch: transport.fetch });
  }, [runtimeUrl, apiUrl, authToken, transport]);
  const newestRunId = threadId ? newestRunOf(threadId, dashboard) : undefined;
  const joinedRunId = threadId ? dashboard.joined[threadId] : undefined;
  const shownRunId = runId ?? newestRunId;
  const refresh = useRunRecords(api, dashboard, dispatch);
  useThreadRun(threadId, api, dispatch);
  const feeds = useMemo(() => createRunFeeds(api, transport), [api, transport]);
  useEffect(() => {
    // The server answers again, so whoever waits for it need not wait longer.
    if (dashboard.isReachable === "yes") transport.reconnect();
  }, [dashboard.isReachable, transport]);
  const actions = useRunActions({ api, transport, dispatch, refresh });
  const state = useMemo(() => enhancedState(dashboard), [dashboard]);
  useRunFeed(shownRunId, state, feeds);
  const value = useMemo<LiveRuns>(() => {
    const ids = { threadId, shownRunId, newestRunId, joinedRunId };
    return { state, dispatch, actions, api, transport, feeds, ...ids };
  }, [state, actions, api, transport, feeds, threadId, shownRunId, newestRunId, joinedRunId]);
  return <LiveRunsContext value={value}>{children}</LiveRunsContext>;
}
