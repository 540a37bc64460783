import type { BudgetLimit } from "../client/budget";
import { useTexts } from "../hooks/texts";
import type { BudgetView } from "../state/budget-view";
import { formatCount, formatDuration, formatUsd } from "../state/format";
import { ProgressBar } from "./progress-bar";

export interface BudgetBarsProps {
  readonly budget: BudgetView;
}

/** What the run has used of each limit of its budget. */
export function BudgetBars({ budget }: BudgetBarsProps) {
  const texts = useTexts();
  const { shares } = budget;
  if (shares.length === 0) return null;
  return (
    <section aria-label={texts.budget} data-testid="budget" className="panel-section">
      <h3 className="section-title">{texts.budget}</h3>
      {shares.map(({ limit, allowed, used, share }) => (
        <div key={limit} className="flex items-center gap-3 text-xs text-ink-2 tabular-nums">
          <span className="w-20 shrink-0">{texts.limit[limit]}</span>
          <ProgressBar
            isThin
            percent={share * 100}
            tone={share >= 1 ? "bad" : share >= 0.8 ? "wait" : "active"}
            label={texts.limit[limit]}
          />
          <span className="shrink-0">
            {texts.ofBudget(amountOf(limit, used), amountOf(limit, allowed))}
          </span>
        </div>
      ))}
    </section>
  );
}

function amountOf(limit: BudgetLimit, amount: number): string {
  if (limit === "costUsd") return formatUsd(amount);
  return limit === "seconds" ? formatDuration(amount * 1000) : formatCount(amount);
}
