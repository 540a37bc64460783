import { isActive, RUN_WORDS, useEnhancedAgent } from "@sergas/react";

/** The tab says how the run stands while somebody looks elsewhere. */
export function PageTitle() {
  const { state, shownRunId } = useEnhancedAgent();
  const run = shownRunId === undefined ? undefined : state.runs[shownRunId];
  if (run === undefined) return <title>Sergas</title>;
  const progress = isActive(run.status) ? ` ${run.workflow?.progress ?? 0} %` : "";
  return <title>{`${RUN_WORDS[run.status].label}${progress} · Sergas`}</title>;
}
