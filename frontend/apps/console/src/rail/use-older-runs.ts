import { type RunRecord, useEnhancedAgent } from "@sergas/react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";

/** The runs before those that the page keeps fresh, read on demand. */
export function useOlderRuns() {
  const { api, state } = useEnhancedAgent();
  const { records } = state;
  const [start, setStart] = useState<string>();
  const pages = useInfiniteQuery({
    queryKey: ["older-runs", start],
    queryFn: ({ pageParam }) => api.runPage({ before: pageParam }),
    initialPageParam: start ?? "",
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    enabled: start !== undefined,
  });
  const known = new Set(records?.map(({ id }) => id));
  const older = pages.data?.pages.flatMap(({ runs }) => runs) ?? [];
  const list: readonly RunRecord[] = older.filter(({ id }) => !known.has(id));
  const more = () => {
    if (start === undefined) setStart(records?.at(-1)?.id);
    else void pages.fetchNextPage();
  };
  const hasMore = start === undefined ? state.hasOlderRecords : pages.hasNextPage;
  return { list, more, hasMore, isLoading: pages.isFetching };
}
