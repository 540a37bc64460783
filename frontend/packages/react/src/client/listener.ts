/** What those who read streams tell, and whom. */
import type { Problem } from "./api-error";
import type { Cursor } from "./cursor";
import type { AgUiEvent } from "./events";
import type { LinkState } from "./link";

export interface LoggedEvent {
  readonly cursor: Cursor;
  readonly event: AgUiEvent;
}

export interface TransportListener {
  /** A stream changed its state; `answeredInMs` is there once, at its first response. */
  onLink(streamId: number, state: LinkState, answeredInMs?: number): void;
  /** A run's own stream said something; in the order of the log, each event once. */
  onEvent(logged: LoggedEvent): void;
  /** This page holds, or no longer holds, the stream of a run that it started. */
  onOwnRun(runId: string, threadId: string, isOpen: boolean): void;
  /** A run shows itself in a thread that was joined. */
  onRunSeen(runId: string, threadId: string): void;
  onProblem(problem: Problem): void;
}
