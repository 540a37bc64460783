import { type Dispatch, useEffect, useRef } from "react";
import type { Api } from "../client/api";
import type { RunStatus } from "../client/api-schema";
import type { RunFeeds } from "../client/run-feeds";
import { isActive } from "../client/run-record";
import type { EnhancedAction } from "../state/dashboard";
import type { EnhancedState } from "../state/enhanced-state";

/**
 * Keep a run folded up to its newest event: read its log from where the page left off, unless the
 * page holds the run's own stream, or the run is over and all of it is here.
 */
export function useRunFeed(
  runId: string | undefined,
  { runs, records, ownRuns }: Pick<EnhancedState, "runs" | "records" | "ownRuns">,
  feeds: RunFeeds,
): void {
  const view = runId === undefined ? undefined : runs[runId];
  const record = records?.find(({ id }) => id === runId);
  const isOwn = runId !== undefined && ownRuns.includes(runId);
  const isOver = view !== undefined && view.seq > 0 && !isActive(view.status);
  const isComplete = isOver && !goesOn(view.status, record?.status);
  const latest = useRef({ after: 0, mayBeEmpty: false });
  latest.current = { after: view?.seq ?? 0, mayBeEmpty: isOver };
  useEffect(() => {
    if (runId === undefined || isOwn || isComplete) return;
    return feeds.watch({ runId, ...latest.current });
  }, [runId, isOwn, isComplete, feeds]);
}

/** Somebody answered elsewhere, so the run that waited here has another leg. */
function goesOn(seen: RunStatus, listed: RunStatus | undefined): boolean {
  return seen === "interrupted" && listed !== undefined && listed !== "interrupted";
}

/** Ask once per thread which run is its newest; the general list may not reach back so far. */
export function useThreadRun(
  threadId: string | undefined,
  api: Api,
  dispatch: Dispatch<EnhancedAction>,
): void {
  useEffect(() => {
    if (threadId === undefined) return;
    dispatch({ type: "thread-opened", threadId });
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
