/** What a retry would do; said where the retry button is. */
import type { RunStatus } from "../client/run-record";

export function canRetry(status: RunStatus): boolean {
  return status === "failed" || status === "cancelled";
}

export function retryAdvice(status: RunStatus, finishedAgents: number): string | undefined {
  if (!canRetry(status)) return undefined;
  if (finishedAgents === 0) return "Retry runs all agents again.";
  const kept = finishedAgents === 1 ? "1 agent" : `${finishedAgents} agents`;
  return `Retry keeps what ${kept} finished and repeats the rest.`;
}
