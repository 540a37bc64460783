import { useLiveRuns } from "../hooks/live-runs";
import { useTexts } from "../hooks/texts";
import { useRun } from "../hooks/use-run";
import { ConnectionBadge } from "./connection-badge";
import { EmptyRun } from "./empty-run";
import { FaultNotice } from "./fault-notice";
import { MetricCards, metricsOf } from "./metric-cards";
import { QueueNote } from "./queue-note";
import { RunDetails } from "./run-details";
import { RunErrorBoundary } from "./run-error-boundary";
import { RunQuestions } from "./run-questions";
import { WorkflowList } from "./workflow-list";

export interface RealTimeAgentDashboardProps {
  /** Show this run; the one of the provider unless given. */
  readonly runId?: string | undefined;
  /** Called with the new run after a retry. */
  readonly onRetried?: (runId: string, threadId: string) => void;
  /** Answer what a run asks here; `false` where a chat beside it does. */
  readonly hasQuestions?: boolean;
}

/** The truth about the shown run and everything that runs beside it, live. */
export function RealTimeAgentDashboard({
  runId,
  onRetried,
  hasQuestions = true,
}: RealTimeAgentDashboardProps) {
  const { state, dispatch, actions } = useLiveRuns();
  const texts = useTexts();
  const { run, record, runId: shownRunId, answer, ...shown } = useRun(runId);
  const others = state.activeWorkflows.filter(({ id }) => id !== shownRunId);
  const isOffline = state.connectionStatus === "disconnected";
  const place = record?.status === "queued" ? record.queuePosition : undefined;
  const cards = <MetricCards cards={metricsOf(state, texts)} />;
  const retry = async () => {
    const retryId = await shown.retry();
    if (retryId !== undefined) onRetried?.(retryId, run?.threadId ?? "");
  };
  return (
    <section
      data-testid="run-panel"
      aria-label={texts.runPanel}
      className="sergas flex flex-col gap-4 p-4"
    >
      {state.lastError && (
        <FaultNotice
          fault={state.lastError}
          onDismiss={() => dispatch({ type: "error-dismissed" })}
          {...(isOffline && { onReconnect: actions.reconnect })}
        />
      )}
      {place != null && <QueueNote place={place} />}
      {run !== undefined && (
        <RunErrorBoundary>
          <RunDetails
            run={run}
            connection={state.connection}
            cards={
              <>
                {hasQuestions && <RunQuestions run={run} onAnswer={answer} />}
                {cards}
              </>
            }
            onStop={shown.stop}
            onRetry={retry}
            onReconnect={actions.reconnect}
          />
        </RunErrorBoundary>
      )}
      {run === undefined && (
        <>
          <div className="flex h-8 items-center justify-between">
            <h2 className="text-[15px] font-semibold text-ink">{texts.runPanel}</h2>
            <ConnectionBadge connection={state.connection} onReconnect={actions.reconnect} />
          </div>
          {cards}
          <EmptyRun isLoading={shownRunId !== undefined} />
        </>
      )}
      <WorkflowList
        workflows={others}
        runs={state.runs}
        onStop={(id) => void actions.interruptWorkflow(id)}
      />
    </section>
  );
}
