/** What a retry would do; said where the retry button is. */
import type { RunStatus } from "../client/api-schema";
import { TEXTS, type Texts } from "./texts";

export function canRetry(status: RunStatus): boolean {
  return status === "failed" || status === "cancelled";
}

export function retryAdvice(
  status: RunStatus,
  finishedAgents: number,
  texts: Texts = TEXTS,
): string | undefined {
  if (!canRetry(status)) return undefined;
  return finishedAgents === 0 ? texts.retryAll : texts.retryKeeps(finishedAgents);
}
