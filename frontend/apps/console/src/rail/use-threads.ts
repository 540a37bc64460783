import { type Api, problemFrom, useEnhancedAgent } from "@sergas/react";
import { useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import {
  archiveThread,
  changeThread,
  deleteThread,
  listThreads,
  type Thread,
  type ThreadPage,
} from "./threads-api";

const THREADS = ["threads"] as const;
const FIRST: string | undefined = undefined;

export type ThreadChange =
  | { readonly kind: "rename"; readonly thread: Thread; readonly name: string }
  | { readonly kind: "archive" | "restore" | "delete"; readonly thread: Thread };

/** The conversations, a page at a time; what was read once stays when the server does not answer. */
export function useThreads(showsArchived = false) {
  const { api } = useEnhancedAgent();
  const threads = useInfiniteQuery({
    queryKey: [...THREADS, showsArchived],
    queryFn: ({ pageParam }) =>
      listThreads(api, { cursor: pageParam, includeArchived: showsArchived }),
    initialPageParam: FIRST,
    getNextPageParam: ({ nextCursor }: ThreadPage) => nextCursor ?? undefined,
  });
  const all = threads.data?.pages.flatMap((page) => page.threads);
  return { ...threads, list: all?.filter(({ archived }) => archived === showsArchived) };
}

/** Read the conversations again whenever the list of runs has changed. */
export function useThreadRefresh(): void {
  const { state } = useEnhancedAgent();
  const queries = useQueryClient();
  const newest = state.records?.map(({ id, status }) => `${id}:${status}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list of runs is the reason to ask again.
  useEffect(() => {
    void queries.invalidateQueries({ queryKey: THREADS });
  }, [queries, newest]);
}

export function useThreadChange() {
  const { api, dispatch } = useEnhancedAgent();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (change: ThreadChange) => carryOut(api, change),
    onError: (error) => dispatch({ type: "problem", problem: problemFrom(error) }),
    onSettled: () => queries.invalidateQueries({ queryKey: THREADS }),
  });
}

function carryOut(api: Api, change: ThreadChange): Promise<unknown> {
  switch (change.kind) {
    case "rename":
      return changeThread(api, change.thread, { name: change.name });
    case "restore":
      return changeThread(api, change.thread, { archived: false });
    case "archive":
      return archiveThread(api, change.thread);
    case "delete":
      return deleteThread(api, change.thread);
  }
}
