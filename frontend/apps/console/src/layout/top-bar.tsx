import {
  ConnectionBadge,
  FaultNotice,
  ProgressBar,
  RUN_WORDS,
  RunControls,
  StatusPill,
  useLiveRuns,
} from "@sergas/react";
import { Logo } from "../session/logo";

export interface TopBarProps {
  /** Whether the run is told here; the run tab tells it itself. */
  readonly showsRun: boolean;
}

/** On a small screen the run stays in sight, and Stop within reach, wherever one is. */
export function TopBar({ showsRun }: TopBarProps) {
  const { state, dispatch, actions, shownRunId } = useLiveRuns();
  const run = shownRunId === undefined ? undefined : state.runs[shownRunId];
  const words = run && RUN_WORDS[run.status];
  return (
    <header className="shrink-0 border-b border-line bg-surface">
      <div className="flex h-12 items-center gap-2 px-3">
        <Logo size={20} />
        {showsRun && run && words ? (
          <StatusPill words={words} testId="run-status" />
        ) : (
          <span className="text-sm font-semibold">Sergas</span>
        )}
        <span className="ms-auto" />
        {showsRun && (
          <ConnectionBadge connection={state.connection} onReconnect={actions.reconnect} />
        )}
        {showsRun && run && (
          <RunControls
            status={run.status}
            onStop={() => actions.interruptWorkflow(run.runId)}
            onRetry={async () => void (await actions.retryWorkflow(run.runId, run.threadId))}
          />
        )}
      </div>
      {showsRun && run && words?.tone === "active" && (
        <ProgressBar
          isThin
          percent={run.workflow?.progress ?? 0}
          tone="active"
          label="Progress of the run"
        />
      )}
      {showsRun && state.lastError && (
        <div className="p-2">
          <FaultNotice
            fault={state.lastError}
            onDismiss={() => dispatch({ type: "error-dismissed" })}
          />
        </div>
      )}
    </header>
  );
}
