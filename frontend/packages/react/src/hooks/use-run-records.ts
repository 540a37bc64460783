import { type Dispatch, useCallback, useEffect } from "react";
import type { Api } from "../client/api";
import { problemFrom } from "../client/api-error";
import { isActive } from "../client/run-record";
import type { Dashboard, EnhancedAction } from "../state/dashboard";

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

  const ended = Object.values(dashboard.runs).filter(({ status }) => !isActive(status)).length;
  const known = Object.keys(dashboard.runs).length;
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
