/** Everything a page shows of one run; folded from its event log and nothing else. */

import type { RunStatus } from "../client/api-schema";
import type { AgUiEvent } from "../client/events";
import type { Interrupt } from "../client/interrupts";
import type { Json } from "../client/json";
import type { LogEntry } from "./event-log";
import type { WorkflowStatus } from "./workflow-status";

export interface RunFault {
  readonly code: string;
  readonly message: string;
  readonly isRecoverable: boolean;
  /** When another try makes sense, in seconds after the fault; the server may not know. */
  readonly retryAfterS: number | undefined;
  /** In the server's clock. */
  readonly at: number | undefined;
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
  /** What the run waits for; empty unless a person has to answer. */
  readonly interrupts: readonly Interrupt[];
  /** The newest events in short. */
  readonly log: readonly LogEntry[];
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
    interrupts: [],
    log: [],
  };
}

export function faultOf({ message, code, metadata, timestamp }: FaultEvent): RunFault {
  const { recoverable, retryAfter } = metadata ?? {};
  return {
    message,
    code: code ?? "unknown",
    isRecoverable: recoverable === true,
    retryAfterS: typeof retryAfter === "number" ? retryAfter : undefined,
    at: timestamp,
  };
}

type FaultEvent = Pick<
  Extract<AgUiEvent, { type: "RUN_ERROR" }>,
  "message" | "code" | "metadata" | "timestamp"
>;
