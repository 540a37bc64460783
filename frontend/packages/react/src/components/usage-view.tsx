import type { BudgetLimit } from "../client/usage";
import { useTexts } from "../hooks/texts";
import type { BudgetView } from "../state/budget-view";
import { formatCost, formatCount, formatDuration } from "../state/format";
import { ProgressBar } from "./progress-bar";

export interface UsageViewProps {
  readonly budget: BudgetView;
}

/** What the run has used, beside what it may use; nothing where no model was asked. */
export function UsageView({ budget }: UsageViewProps) {
  const texts = useTexts();
  const { usage, shares, warnings } = budget;
  if (usage === undefined && shares.length === 0) return null;
  return (
    <section aria-label={texts.usage} data-testid="usage" className="panel-section">
      <h3 className="section-title">{texts.usage}</h3>
      {usage !== undefined && (
        <p className="text-xs text-ink-2 tabular-nums">
          {texts.usageOf(formatCount(usage.totalTokens), formatCount(usage.calls))}
          {usage.costUsd !== undefined && ` · ${formatCost(usage.costUsd)}`}
          {usage.unpricedTokens > 0 && ` · ${texts.unpriced}`}
        </p>
      )}
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
      {warnings.map((warning) => (
        <p key={warning} className="text-xs text-wait">
          {warning}
        </p>
      ))}
    </section>
  );
}

function amountOf(limit: BudgetLimit, amount: number): string {
  if (limit === "costUsd") return formatCost(amount);
  return limit === "seconds" ? formatDuration(amount * 1000) : formatCount(amount);
}
