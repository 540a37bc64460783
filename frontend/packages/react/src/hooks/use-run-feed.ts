import { type Dispatch, useEffect, useRef } from "react";
import type { Api } from "../client/api";
import { isActive } from "../client/run-record";
import type { Transport } from "../client/transport";
import type { Dashboard, EnhancedAction } from "../state/dashboard";

interface RunFeed {
  readonly runId: string | undefined;
  readonly dashboard: Dashboard;
  readonly api: Api;
  readonly transport: Transport;
  readonly dispatch: Dispatch<EnhancedAction>;
}

/**
 * Keep the shown run folded up to its newest event: read its log from where the page left off,
 * unless the page holds the run's own stream, or the run is over and all of it is here.
 */
export function useRunFeed({ runId, dashboard, api, transport }: RunFeed): void {
  const view = runId === undefined ? undefined : dashboard.runs[runId];
  const isOwn = runId !== undefined && dashboard.ownRuns.includes(runId);
  const isComplete = view !== undefined && view.seq > 0 && !isActive(view.status);
  const seq = useRef(0);
  seq.current = view?.seq ?? 0;
  useEffect(() => {
    if (runId === undefined || isOwn || isComplete) return;
    const abort = new AbortController();
    const url = api.eventsUrl(runId, seq.current);
    void transport.follow({ url, headers: api.options.headers, signal: abort.signal });
    return () => abort.abort();
  }, [runId, isOwn, isComplete, api, transport]);
}

/** Ask once per thread which run is its newest; the general list may not reach back so far. */
export function useThreadRun(
  threadId: string | undefined,
  api: Api,
  dispatch: Dispatch<EnhancedAction>,
): void {
  useEffect(() => {
    if (threadId === undefined) return;
    let isCurrent = true;
    api.listRuns({ thread: threadId, limit: 1 }).then(
      ([run]) => {
        if (isCurrent && run !== undefined) dispatch({ type: "seen", threadId, runId: run.id });
      },
      // The list of runs reports the same trouble, with its own retry.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [threadId, api, dispatch]);
}
