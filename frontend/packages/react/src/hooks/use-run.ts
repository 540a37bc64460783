import { useMemo } from "react";
import type { InterruptAnswer } from "../client/interrupts";
import type { RunRecord } from "../client/run-record";
import type { RunView } from "../state/run-view";
import { useLiveRuns } from "./live-runs";
import { useRunRecord } from "./use-run-record";
import { useRunView } from "./use-run-view";

export interface LiveRun {
  readonly runId: string | undefined;
  /** The fold of the run's log, kept up to date; undefined until its first event is here. */
  readonly run: RunView | undefined;
  /** The server's record; it knows what a log does not, such as the place in the queue. */
  readonly record: RunRecord | undefined;
  readonly isLoading: boolean;
  readonly stop: (reason?: string) => Promise<void>;
  /** Run again what failed; the new run's id, or undefined if the server refused. */
  readonly retry: () => Promise<string | undefined>;
  /** Answer all interrupts of the run at once; false if the server refused. */
  readonly answer: (answers: readonly InterruptAnswer[]) => Promise<boolean>;
}

/** One run, live while the component is there; without an id, the run that is shown. */
export function useRun(runId?: string): LiveRun {
  const { actions } = useLiveRuns();
  const { id, run } = useRunView(runId);
  const record = useRunRecord(id, run);
  const threadId = run?.threadId || record?.threadId || "";
  const todo = useMemo(
    () => ({
      stop: async (reason?: string) => {
        if (id !== undefined) await actions.interruptWorkflow(id, reason);
      },
      retry: async () => (id === undefined ? undefined : actions.retryWorkflow(id, threadId)),
      answer: async (answers: readonly InterruptAnswer[]) =>
        id !== undefined && actions.answerInterrupts({ runId: id, threadId, answers }),
    }),
    [actions, id, threadId],
  );
  return { runId: id, run, record, isLoading: id !== undefined && run === undefined, ...todo };
}
