import { useLiveRuns } from "@sergas/react";
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useOnChange } from "./use-on-change";

/** Keys of what the server says about runs, which changes whenever a run does. */
export const OF_RUNS = "of-runs";

/** Read lists of runs, approvals and usage again whenever some run begins, ends or asks. */
export function useFreshQueries(): void {
  const queries = useQueryClient();
  const { records } = useLiveRuns().state;
  const stand = records?.map(({ id, status }) => `${id} ${status}`).join();
  const readAgain = useCallback(
    () => void queries.invalidateQueries({ queryKey: [OF_RUNS] }),
    [queries],
  );
  useOnChange(stand, readAgain);
}
