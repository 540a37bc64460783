import { type Dispatch, useMemo } from "react";
import type { Api, WorkflowStatusAnswer } from "../client/api";
import { problemFrom } from "../client/api-error";
import type { Transport } from "../client/transport";
import type { EnhancedAction } from "../state/dashboard";

export interface RunActions {
  /** Ask the server to stop a run; it is stopped when its stream says so. */
  interruptWorkflow(runId: string, reason?: string): Promise<void>;
  getWorkflowStatus(runId: string): Promise<WorkflowStatusAnswer>;
  /** Run again what failed; returns the new run's id, or undefined if the server refused. */
  retryWorkflow(runId: string, threadId: string): Promise<string | undefined>;
  /** Read the log of a run that is over and not shown, once; its view is then in `state.runs`. */
  loadRun(runId: string): void;
  /** Try every broken stream again now. */
  reconnect(): void;
  refresh(): void;
}

interface RunActionParts {
  readonly api: Api;
  readonly transport: Transport;
  readonly dispatch: Dispatch<EnhancedAction>;
  readonly refresh: () => void;
}

export function useRunActions({ api, transport, dispatch, refresh }: RunActionParts): RunActions {
  return useMemo(() => {
    const loaded = new Set<string>();
    const complain = (error: unknown) => dispatch({ type: "problem", problem: problemFrom(error) });
    return {
      interruptWorkflow: (runId, reason = "Stopped in the console") =>
        api.interrupt(runId, reason).catch(complain),
      getWorkflowStatus: (runId) => api.workflowStatus(runId),
      async retryWorkflow(runId, threadId) {
        try {
          const retryId = await api.retry(runId);
          dispatch({ type: "seen", threadId, runId: retryId });
          return retryId;
        } catch (error) {
          complain(error);
          return undefined;
        }
      },
      loadRun(runId) {
        if (loaded.has(runId)) return;
        loaded.add(runId);
        const { signal } = new AbortController();
        const url = api.eventsUrl(runId, 0);
        void transport.follow({ url, headers: api.options.headers, signal });
      },
      reconnect() {
        transport.reconnect();
        refresh();
      },
      refresh,
    };
  }, [api, dispatch, refresh, transport]);
}
