import type { Usage } from "@sergas/react";
import { formatCompact, formatCost, formatCount } from "../lists/formats";

export interface UsageTotalsProps {
  readonly total: Usage;
}

export function UsageTotals({ total }: UsageTotalsProps) {
  const cards = [
    {
      label: "Cost",
      value: formatCost(total.costUsd),
      note:
        total.unpricedTokens > 0
          ? `without ${formatCompact(total.unpricedTokens)} tokens of unknown price`
          : "of all calls",
    },
    { label: "Tokens", value: formatCompact(total.totalTokens), note: "in and out" },
    { label: "In", value: formatCompact(total.inputTokens), note: "with what was cached" },
    { label: "Out", value: formatCompact(total.outputTokens), note: "with reasoning" },
    { label: "Model calls", value: formatCount(total.calls), note: "failed attempts too" },
  ];
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-5">
      {cards.map(({ label, value, note }) => (
        <div key={label} className="bg-surface px-3 py-2.5 max-sm:first:col-span-2">
          <dt className="text-xs text-ink-3">{label}</dt>
          <dd className="text-lg leading-7 font-semibold tabular-nums">{value}</dd>
          <dd className="text-[11px] leading-4 text-ink-3">{note}</dd>
        </div>
      ))}
    </dl>
  );
}
