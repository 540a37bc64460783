import type { RunView } from "../state/run-view";
import { useLiveRuns } from "./live-runs";
import { useRunFeed } from "./use-run-feed";

export interface FollowedRun {
  readonly id: string | undefined;
  readonly run: RunView | undefined;
}

/** The fold of a run's log, kept up to date; without an id, of the run that is shown. */
export function useRunView(runId: string | undefined): FollowedRun {
  const { state, feeds, shownRunId } = useLiveRuns();
  const id = runId ?? shownRunId;
  useRunFeed(id, state, feeds);
  return { id, run: id === undefined ? undefined : state.runs[id] };
}
