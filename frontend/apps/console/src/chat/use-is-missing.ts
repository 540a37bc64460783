import { useLiveRuns } from "@sergas/react";
import { isNewThread } from "../routing/new-threads";
import { isThreadId, useConversation } from "./use-conversation";

/** Whether the address names a conversation that the server does not have. */
export function useIsMissing(threadId: string): boolean {
  const { newestRunId } = useLiveRuns();
  const runs = useConversation(threadId);
  const isKnown = isNewThread(threadId) || newestRunId !== undefined;
  return !isThreadId(threadId) || (!isKnown && runs.data?.length === 0);
}
