import { type Dispatch, useMemo } from "react";
import type { Api, InterruptAnswers } from "../client/api";
import { problemFrom } from "../client/api-error";
import type { RunStanding } from "../client/api-schema";
import type { Transport } from "../client/transport";
import type { EnhancedAction } from "../state/dashboard";

export interface RunActions {
  /** Ask the server to stop a run; it is stopped when its stream says so. */
  interruptWorkflow(runId: string, reason?: string): Promise<void>;
  getWorkflowStatus(runId: string): Promise<RunStanding>;
  /** Run again what failed; returns the new run's id, or undefined if the server refused. */
  retryWorkflow(runId: string, threadId: string): Promise<string | undefined>;
  /** Ask the server to stop one agent; the run goes on if it can do without. */
  stopAgent(runId: string, agent: string): Promise<void>;
  /** Answer all interrupts of a run at once; false if the server refused. */
  answerInterrupts(answer: InterruptAnswers): Promise<boolean>;
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
      stopAgent: (runId, agent) => api.stopAgent(runId, agent).catch(complain),
      async answerInterrupts(answer) {
        try {
          const { id, threadId } = await api.answerInterrupts(answer);
          dispatch({ type: "seen", threadId, runId: id });
          refresh();
          return true;
        } catch (error) {
          complain(error);
          return false;
        }
      },
      reconnect() {
        transport.reconnect();
        refresh();
      },
      refresh,
    };
  }, [api, dispatch, refresh, transport]);
}
