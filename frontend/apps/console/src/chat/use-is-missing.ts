import { useLiveRuns } from "@sergas/react";
import { useQuery } from "@tanstack/react-query";
import { isNewThread } from "../routing/new-threads";

/** As the server takes ids. */
const VALID_ID = /^[\x21-\x7e]{1,200}$/;

/** Whether the address names a conversation that the server does not have. */
export function useIsMissing(threadId: string): boolean {
  const { api, state } = useLiveRuns();
  const isValid = VALID_ID.test(threadId);
  const runs = useQuery({
    queryKey: ["conversation", threadId],
    queryFn: () => api.listRuns({ thread: threadId, limit: 1 }),
    enabled: isValid && !isNewThread(threadId),
  });
  if (!isValid) return true;
  const hasRun = state.records?.some((record) => record.threadId === threadId);
  return !hasRun && !isNewThread(threadId) && runs.data?.length === 0;
}
