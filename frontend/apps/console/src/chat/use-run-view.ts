import { type RunView, useEnhancedAgent } from "@sergas/react";
import { useEffect } from "react";

/** A run that the conversation speaks of; one that is history is read when it comes into sight. */
export function useRunView(runId: string | undefined): RunView | undefined {
  const { state, actions, shownRunId } = useEnhancedAgent();
  const run = runId === undefined ? undefined : state.runs[runId];
  // The shown run, and so the newest, is followed anyway.
  const pastId = run === undefined && runId !== shownRunId ? runId : undefined;
  useEffect(() => {
    if (pastId !== undefined) actions.loadRun(pastId);
  }, [pastId, actions]);
  return run;
}
