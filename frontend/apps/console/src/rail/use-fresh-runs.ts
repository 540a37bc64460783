import { type Thread, useLiveRuns } from "@sergas/react";
import { useOnChange } from "../lists/use-on-change";

/** Read the list of runs again whenever a run of some conversation begins, ends or asks. */
export function useFreshRuns(threads: readonly Thread[] | undefined): void {
  const { refresh } = useLiveRuns().actions;
  const stand = threads?.map(({ id, status, lastRunAt }) => `${id} ${status} ${lastRunAt}`).join();
  useOnChange(stand, refresh);
}
