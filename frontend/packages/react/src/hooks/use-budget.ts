import { isActive } from "../client/run-record";
import { type BudgetView, budgetView } from "../state/budget-view";
import { useNow } from "./use-now";
import { useRunView } from "./use-run-view";

/** What a run has used and may use, live; without an id, of the run that is shown. */
export function useBudget(runId?: string): BudgetView {
  const { run } = useRunView(runId);
  const hasClock = run?.workflow?.budget?.seconds !== undefined;
  const now = useNow(run !== undefined && hasClock && isActive(run.status));
  return budgetView(run, now);
}
