import { useLiveRuns } from "@sergas/react";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

/** Keys of what the server says about runs, which changes whenever a run does. */
export const OF_RUNS = "of-runs";

/** Read lists of runs, approvals and usage again whenever some run begins, ends or asks. */
export function useFreshQueries(): void {
  const queries = useQueryClient();
  const { records } = useLiveRuns().state;
  const stand = records?.map(({ id, status }) => `${id} ${status}`).join();
  useEffect(() => {
    if (stand !== undefined) void queries.invalidateQueries({ queryKey: [OF_RUNS] });
  }, [stand, queries]);
}
