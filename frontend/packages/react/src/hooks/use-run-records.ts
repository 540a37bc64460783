import { type Dispatch, useCallback, useEffect } from "react";
import type { Api } from "../client/api";
import { problemFrom } from "../client/api-error";
import type { Dashboard, EnhancedAction } from "../state/dashboard";

const REFRESH_MS = 10_000;

/** Keep the list of runs fresh: at once when a run here stands otherwise, else now and then. */
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

  useEffect(refresh, [refresh]);

  const news = newsIn(dashboard);
  useEffect(() => {
    if (news !== "") refresh();
  }, [news, refresh]);

  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === "visible") refresh();
    }, REFRESH_MS);
    return () => clearInterval(timer);
  }, [refresh]);

  return refresh;
}

/** The runs that the list does not have as their streams tell them; nothing before it was read. */
function newsIn({ runs, records }: Dashboard): string {
  return Object.values(runs)
    .filter(({ runId, status }) => {
      const listed = records?.find(({ id }) => id === runId);
      return records !== undefined && listed?.status !== status;
    })
    .map(({ runId, status }) => `${runId} ${status}`)
    .join();
}
