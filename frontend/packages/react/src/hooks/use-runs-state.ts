import { useMemo } from "react";
import type { Dashboard } from "../state/dashboard";
import { type EnhancedState, runsState } from "../state/enhanced-state";
import { faultFrom } from "../state/fault";
import type { Texts } from "../state/texts";

/** What is known of the runs, and the newest trouble in the words of the page. */
export function useRunsState(dashboard: Dashboard, words: Texts): EnhancedState {
  const known = useMemo(() => runsState(dashboard), [dashboard]);
  const problem = dashboard.lastError;
  return useMemo(
    () => ({ ...known, lastError: problem && faultFrom(problem, words) }),
    [known, problem, words],
  );
}
