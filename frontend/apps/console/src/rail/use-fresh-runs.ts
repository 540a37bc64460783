import { type Thread, useLiveRuns } from "@sergas/react";
import { useEffect } from "react";

/** Read the list of runs again whenever a run of some conversation begins, ends or asks. */
export function useFreshRuns(threads: readonly Thread[] | undefined): void {
  const { refresh } = useLiveRuns().actions;
  const runs = threads?.map(({ id, status, lastRunAt }) => `${id} ${status} ${lastRunAt}`).join();
  useEffect(() => {
    if (runs !== undefined) refresh();
  }, [runs, refresh]);
}
