import { useLiveRuns } from "@sergas/react";
import { useQuery } from "@tanstack/react-query";
import { isNewThread } from "../routing/new-threads";

/** As the server takes ids. */
const VALID_ID = /^[\x21-\x7e]{1,200}$/;

export function isThreadId(threadId: string): boolean {
  return VALID_ID.test(threadId);
}

/** The newest run of a conversation when it was opened; none is asked for of one that is new here. */
export function useConversation(threadId: string) {
  const { api } = useLiveRuns();
  return useQuery({
    queryKey: ["conversation", threadId],
    queryFn: () => api.listRuns({ thread: threadId, limit: 1 }),
    staleTime: Number.POSITIVE_INFINITY,
    enabled: isThreadId(threadId) && !isNewThread(threadId),
  });
}
