import { useEffect, useState } from "react";
import type { RunRecord } from "../client/run-record";
import type { RunView } from "../state/run-view";
import { useLiveRuns } from "./live-runs";

/** The server's record of a run: from the list that the page keeps fresh, or else asked for. */
export function useRunRecord(
  id: string | undefined,
  run: RunView | undefined,
): RunRecord | undefined {
  const { api, state } = useLiveRuns();
  const { records } = state;
  const [asked, setAsked] = useState<RunRecord>();
  const listed = records?.find((record) => record.id === id);
  // Only a run's own record has its place in the queue.
  const isQueued = listed?.status === "queued";
  const isNeeded = records !== undefined && (listed === undefined || isQueued);
  const status = run?.status;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a changed status, or a fresh list while it waits, is the reason to ask again.
  useEffect(() => {
    if (id === undefined || !isNeeded) return;
    let isCurrent = true;
    api.run(id).then(
      (record) => isCurrent && setAsked(record),
      // The log of the run reports the same trouble.
      () => undefined,
    );
    return () => {
      isCurrent = false;
    };
  }, [api, id, status, isNeeded, isQueued ? records : undefined]);
  return isNeeded && asked?.id === id ? asked : listed;
}
