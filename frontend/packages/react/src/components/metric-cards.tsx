import type { EnhancedState } from "../state/enhanced-state";

export interface MetricCardsProps {
  readonly cards: readonly Metric[];
}

export interface Metric {
  readonly label: string;
  readonly value: string;
  readonly hint: string;
}

export function MetricCards({ cards }: MetricCardsProps) {
  return (
    <dl className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border border-line bg-line sm:grid-cols-[1.3fr_1.2fr_1fr_0.9fr]">
      {cards.map(({ label, value, hint }) => (
        <div key={label} title={hint} className="bg-surface px-2.5 py-2">
          <dt className="text-[11px] leading-4 whitespace-nowrap text-ink-3">{label}</dt>
          <dd className="text-lg leading-6 font-semibold tabular-nums text-ink">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The blueprint's four numbers; "-" where nothing has been measured. */
export function metricsOf(state: EnhancedState): readonly Metric[] {
  const working = Object.values(state.agentStatuses).filter(({ status }) => status === "running");
  const measured = state.activeWorkflows.flatMap(({ progress }) => progress ?? []);
  const sum = measured.reduce((total, progress) => total + progress, 0);
  return [
    {
      label: "Active Workflows",
      value: String(state.activeWorkflows.length),
      hint: "Runs that are queued or running on the server",
    },
    {
      label: "Running Agents",
      value: String(working.length),
      hint: "Agents at work in the runs that this page reads",
    },
    {
      label: "Avg Progress",
      value: measured.length === 0 ? "–" : `${Math.round(sum / measured.length)} %`,
      hint: "Mean progress of the active runs that this page reads",
    },
    {
      label: "Error Rate",
      value: state.records === undefined ? "–" : `${state.metrics.errorRate} %`,
      hint: "Failed runs among the latest finished ones",
    },
  ];
}
