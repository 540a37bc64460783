import { useLiveRuns } from "../hooks/live-runs";
import { ConnectionBadge } from "./connection-badge";
import { EmptyRun } from "./empty-run";
import { FaultNotice } from "./fault-notice";
import { MetricCards, metricsOf } from "./metric-cards";
import { RunDetails } from "./run-details";
import { WorkflowList } from "./workflow-list";

export interface RealTimeAgentDashboardProps {
  /** Called with the new run after a retry. */
  readonly onRetried?: (runId: string, threadId: string) => void;
}

/** The truth about the shown run and everything that runs beside it, live. */
export function RealTimeAgentDashboard({ onRetried }: RealTimeAgentDashboardProps) {
  const { state, dispatch, actions, shownRunId } = useLiveRuns();
  const run = shownRunId === undefined ? undefined : state.runs[shownRunId];
  const others = state.activeWorkflows.filter(({ id }) => id !== shownRunId);
  const isOffline = state.connectionStatus === "disconnected";
  const retry = async (runId: string, threadId: string) => {
    const retryId = await actions.retryWorkflow(runId, threadId);
    if (retryId !== undefined) onRetried?.(retryId, threadId);
  };
  return (
    <section data-testid="run-panel" aria-label="Live run" className="flex flex-col gap-4 p-4">
      {state.lastError && (
        <FaultNotice
          fault={state.lastError}
          onDismiss={() => dispatch({ type: "error-dismissed" })}
          {...(isOffline && { onReconnect: actions.reconnect })}
        />
      )}
      {run !== undefined && (
        <RunDetails
          run={run}
          connection={state.connection}
          cards={<MetricCards cards={metricsOf(state)} />}
          onStop={() => actions.interruptWorkflow(run.runId)}
          onRetry={() => retry(run.runId, run.threadId)}
          onReconnect={actions.reconnect}
        />
      )}
      {run === undefined && (
        <>
          <div className="flex h-8 items-center justify-between">
            <h2 className="text-[15px] font-semibold text-ink">Live run</h2>
            <ConnectionBadge connection={state.connection} onReconnect={actions.reconnect} />
          </div>
          <MetricCards cards={metricsOf(state)} />
          <EmptyRun isLoading={shownRunId !== undefined} />
        </>
      )}
      <WorkflowList
        workflows={others}
        runs={state.runs}
        onStop={(runId) => void actions.interruptWorkflow(runId)}
      />
    </section>
  );
}
