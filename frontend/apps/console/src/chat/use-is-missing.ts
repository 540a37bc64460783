import { useLiveRuns } from "@sergas/react";
import { useQuery } from "@tanstack/react-query";
import { isNewThread } from "../routing/new-threads";

/** As the server takes ids. */
const VALID_ID = /^[\x21-\x7e]{1,200}$/;

/** Whether the address names a conversation that the server does not have. */
export function useIsMissing(threadId: string): boolean {
  const { api, state, newestRunId } = useLiveRuns();
  const isValid = VALID_ID.test(threadId);
  const isKnown = isNewThread(threadId) || newestRunId !== undefined;
  const runs = useQuery({
    queryKey: ["conversation", threadId],
    queryFn: () => api.listRuns({ thread: threadId, limit: 1 }),
    // Most conversations are of runs that are listed anyway.
    enabled: isValid && !isKnown && state.records !== undefined,
  });
  return !isValid || (!isKnown && runs.data?.length === 0);
}
