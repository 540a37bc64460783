import { type Dispatch, useCallback, useEffect } from "react";
import type { Api } from "../client/api";
import { problemFrom } from "../client/api-error";
import { isActive } from "../client/run-record";
import type { Dashboard, EnhancedAction } from "../state/dashboard";
import type { RunView } from "../state/run-view";

const REFRESH_MS = 10_000;

/** Keep the list of runs fresh: at once when a run starts or ends here, else now and then. */
export function useRunRecords(
  api: Api,
  dashboard: Dashboard,
  dispatch: Dispatch<EnhancedAction>,
): () => void {
  const refresh = useCallback(() => {
    api.runPage().then(
      ({ runs, nextCursor }) =>
        dispatch({ type: "records", records: runs, hasOlder: nextCursor != null }),
      (error: unknown) => dispatch({ type: "problem", problem: problemFrom(error) }),
    );
  }, [api, dispatch]);

  const runs = Object.values(dashboard.runs);
  const ended = idsOf(runs.filter(({ status }) => !isActive(status)));
  const known = idsOf(runs);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a run that starts or ends is the reason to ask again.
  useEffect(refresh, [refresh, ended, known]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") refresh();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [refresh]);

  return refresh;
}

/** Ids and no counts: a run may come as another one is dropped. */
function idsOf(runs: readonly RunView[]): string {
  return runs.map(({ runId }) => runId).join();
}
