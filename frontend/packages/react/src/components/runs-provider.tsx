import { type ReactNode, useEffect, useMemo, useReducer } from "react";
import { createApi } from "../client/api";
import { type LiveRuns, LiveRunsContext } from "../hooks/live-runs";
import { TextsContext } from "../hooks/texts";
import { useFeeds } from "../hooks/use-feeds";
import { useMeter, useReports } from "../hooks/use-meter";
import { type HeadersSource, useRequestHeaders } from "../hooks/use-request-headers";
import { useRunActions } from "../hooks/use-run-actions";
import { useRunFeed, useThreadRun } from "../hooks/use-run-feed";
import { useRunRecords } from "../hooks/use-run-records";
import { useRunsState } from "../hooks/use-runs-state";
import { useTransport } from "../hooks/use-transport";
import { EMPTY_DASHBOARD, reduceDashboard } from "../state/dashboard";
import { newestRunOf } from "../state/enhanced-state";
import { type OwnTexts, withOwn } from "../state/own-texts";

export interface RunsProviderProps {
  readonly runtimeUrl: string;
  readonly authToken?: string | undefined;
  /** More headers for every request; a function is asked each time. */
  readonly headers?: HeadersSource | undefined;
  /** Go on over a WebSocket when server-sent events keep breaking. */
  readonly enableWebSocket?: boolean;
  /** How often a broken stream is tried again before a person is asked. */
  readonly reconnectAttempts?: number;
  /** Where the runs API lives; by default beside the runtime. */
  readonly apiUrl?: string | undefined;
  /** The conversation that is open; its newest run is the one that is shown. */
  readonly threadId?: string | undefined;
  /** Show this run instead. */
  readonly runId?: string | undefined;
  /** Post what this page measures of itself to the server. */
  readonly enableTelemetry?: boolean;
  /** Other words for the components. */
  readonly texts?: OwnTexts | undefined;
  readonly children: ReactNode;
}

/** Streams that survive and the state of every run; a page without a chat needs nothing else. */
export function RunsProvider({
  runtimeUrl,
  authToken,
  headers,
  enableWebSocket = true,
  enableTelemetry = false,
  reconnectAttempts = 8,
  apiUrl = runtimeUrl.replace(/\/copilotkit\/?$/, ""),
  threadId,
  runId,
  texts,
  children,
}: RunsProviderProps) {
  const [dashboard, dispatch] = useReducer(reduceDashboard, EMPTY_DASHBOARD);
  const meter = useMeter();
  const requestHeaders = useRequestHeaders(authToken, headers);
  const transport = useTransport({
    runtimeUrl,
    reconnectAttempts,
    dispatch,
    headers: requestHeaders,
    meter,
    socketUrl: enableWebSocket ? socketUrlOf(apiUrl) : undefined,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: with another token, all is asked again.
  const api = useMemo(
    () => createApi({ runtimeUrl, apiUrl, headers: requestHeaders, fetch: transport.fetch }),
    [runtimeUrl, apiUrl, requestHeaders, authToken, transport],
  );
  useReports(meter, api, enableTelemetry);
  const newestRunId = threadId ? newestRunOf(threadId, dashboard) : undefined;
  const joinedRunId = threadId ? dashboard.joined[threadId] : undefined;
  const shownRunId = runId ?? newestRunId;
  const refresh = useRunRecords(api, dashboard, dispatch);
  useThreadRun(threadId, api, dispatch);
  const { feeds, threadFeeds } = useFeeds(api, transport, dispatch);
  useEffect(() => {
    // The server answers again, so whoever waits for it need not wait longer.
    if (dashboard.isReachable === "yes") transport.reconnect();
  }, [dashboard.isReachable, transport]);
  const actions = useRunActions({ api, transport, dispatch, refresh });
  const words = useMemo(() => withOwn(texts), [texts]);
  const state = useRunsState(dashboard, words);
  useRunFeed(shownRunId, state, feeds);
  const value = useMemo<LiveRuns>(() => {
    const ids = { threadId, shownRunId, newestRunId, joinedRunId };
    return { state, dispatch, actions, api, transport, feeds, threadFeeds, meter, ...ids };
  }, [
    state,
    actions,
    api,
    transport,
    feeds,
    threadFeeds,
    meter,
    threadId,
    shownRunId,
    newestRunId,
    joinedRunId,
  ]);
  return (
    <TextsContext value={words}>
      <LiveRunsContext value={value}>{children}</LiveRunsContext>
    </TextsContext>
  );
}

/** `/ws/copilotkit` of the server that has the runs API. */
function socketUrlOf(apiUrl: string): string | undefined {
  if (typeof window === "undefined") return undefined;
  const { origin } = new URL(apiUrl, window.location.href);
  return `${origin.replace(/^http/, "ws")}/ws/copilotkit`;
}
