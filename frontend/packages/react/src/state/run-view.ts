/** Everything a page shows of one run; folded from its event log and nothing else. */
import type { Json, JsonObject } from "../client/json";
import type { RunStatus } from "../client/run-record";
import type { WorkflowStatus } from "./workflow-status";

export interface RunFault {
  readonly code: string;
  readonly message: string;
  readonly isRecoverable: boolean;
}

export interface AttemptView {
  /** The subagent run's id. */
  readonly id: string;
  readonly agent: string;
  readonly title: string;
  readonly attempt: number;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly outcome: "running" | "completed" | "suspended" | "failed";
  readonly fault: RunFault | undefined;
}

export interface ToolCallView {
  readonly id: string;
  readonly name: string;
  readonly agent: string;
  readonly attemptId: string | undefined;
  readonly args: string;
  readonly result: string | undefined;
  readonly isError: boolean;
  readonly executionMs: number | undefined;
  readonly startedAt: number | undefined;
}

export interface MessageView {
  readonly id: string;
  readonly agent: string;
  readonly text: string;
}

export interface RunView {
  readonly runId: string;
  readonly threadId: string;
  /** The newest event that is folded in. */
  readonly seq: number;
  readonly status: RunStatus;
  readonly fault: RunFault | undefined;
  readonly workflow: WorkflowStatus | undefined;
  readonly activity: Json;
  readonly state: Json;
  readonly attempts: readonly AttemptView[];
  readonly tools: readonly ToolCallView[];
  readonly messages: readonly MessageView[];
}

export function emptyRun(runId: string): RunView {
  return {
    runId,
    threadId: "",
    seq: 0,
    status: "queued",
    fault: undefined,
    workflow: undefined,
    activity: null,
    state: {},
    attempts: [],
    tools: [],
    messages: [],
  };
}

export function faultOf(
  message: string,
  code: string | undefined,
  metadata: JsonObject | undefined,
): RunFault {
  return { message, code: code ?? "unknown", isRecoverable: metadata?.recoverable === true };
}
