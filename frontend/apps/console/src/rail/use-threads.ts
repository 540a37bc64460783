import { problemFrom, useEnhancedAgent } from "@sergas/react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { archiveThread, deleteThread, listThreads, renameThread, type Thread } from "./threads-api";

const THREADS = ["threads"] as const;

export type ThreadChange =
  | { readonly kind: "rename"; readonly thread: Thread; readonly name: string }
  | { readonly kind: "archive" | "delete"; readonly thread: Thread };

/** The conversations, read again whenever the list of runs has changed. */
export function useThreads() {
  const { api, state } = useEnhancedAgent();
  const newest = state.records?.map(({ id, status }) => `${id}:${status}`).join();
  return useQuery({
    queryKey: [...THREADS, newest],
    queryFn: () => listThreads(api),
    placeholderData: (previous) => previous,
  });
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

function carryOut(api: Parameters<typeof listThreads>[0], change: ThreadChange): Promise<unknown> {
  switch (change.kind) {
    case "rename":
      return renameThread(api, change.thread, change.name);
    case "archive":
      return archiveThread(api, change.thread);
    case "delete":
      return deleteThread(api, change.thread);
  }
}
