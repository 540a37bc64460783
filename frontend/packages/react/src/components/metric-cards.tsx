import type { EnhancedState } from "../state/enhanced-state";
import type { Texts } from "../state/texts";

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
          <dd className="text-lg leading-6 font-semibold tabular-nums text-ink">
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** The blueprint's four numbers; "-" where nothing has been measured. */
export function metricsOf(state: EnhancedState, texts: Texts): readonly Metric[] {
  const working = Object.values(state.agentStatuses).filter(({ status }) => status === "running");
  const measured = state.activeWorkflows.flatMap(({ progress }) => progress ?? []);
  const sum = measured.reduce((total, progress) => total + progress, 0);
  return [
    {
      label: texts.activeWorkflows,
      value: String(state.activeWorkflows.length),
      hint: texts.activeWorkflowsHint,
    },
    {
      label: texts.runningAgents,
      value: String(working.length),
      hint: texts.runningAgentsHint,
    },
    {
      label: texts.averageProgress,
      value: measured.length === 0 ? "–" : `${Math.round(sum / measured.length)} %`,
      hint: texts.averageProgressHint,
    },
    {
      label: texts.errorRate,
      value: state.records === undefined ? "–" : `${state.metrics.errorRate} %`,
      hint: texts.errorRateHint,
    },
  ];
}
