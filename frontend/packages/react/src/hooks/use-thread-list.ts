import { useCallback, useEffect, useReducer, useState } from "react";
import { problemFrom } from "../client/api-error";
import type { Thread } from "../client/threads";
import { NO_THREADS, reduceThreadList, threadsOf } from "../state/thread-list";
import { useLiveRuns } from "./live-runs";
import { useIsVisible } from "./use-is-visible";
import { type ThreadChanges, useThreadChanges } from "./use-thread-changes";

export interface Threads extends ThreadChanges {
  /** The most recently used first; undefined until the server's list was read. */
  readonly list: readonly Thread[] | undefined;
  /** The stream of the list broke, so this is what the server said last. */
  readonly isStale: boolean;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly more: () => void;
}

/**
 * The conversations, live: also what other tabs and people do to them shows here.
 * A page that nobody looks at lets go of the stream, because a browser holds only six per server.
 */
export function useThreadList(isArchived = false): Threads {
  const { api, transport, dispatch } = useLiveRuns();
  const isVisible = useIsVisible();
  const changes = useThreadChanges();
  const [state, tell] = useReducer(reduceThreadList, NO_THREADS);
  const [isBroken, setIsBroken] = useState(false);
  const [isLoadingMore, setIsLoadingMore] = useState(false);
  const complain = useCallback(
    (error: unknown) => dispatch({ type: "problem", problem: problemFrom(error) }),
    [dispatch],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: another list begins empty.
  useEffect(() => tell({ type: "forgotten" }), [api, isArchived]);

  useEffect(() => {
    if (!isVisible) return;
    const abort = new AbortController();
    transport
      .followThreads({
        url: api.threadsUrl(isArchived),
        signal: abort.signal,
        onNews: tell,
        onLink: ({ phase }) => setIsBroken(phase !== "live"),
      })
      .catch(complain);
    return () => abort.abort();
  }, [api, transport, isArchived, isVisible, complain]);

  const { nextCursor } = state;
  const more = useCallback(() => {
    if (nextCursor === null) return;
    setIsLoadingMore(true);
    api
      .threadPage({ cursor: nextCursor, isArchived })
      .then((page) => tell({ type: "page", after: nextCursor, ...page }), complain)
      .finally(() => setIsLoadingMore(false));
  }, [api, nextCursor, isArchived, complain]);

  const list = threadsOf(state, isArchived);
  const isStale = list !== undefined && isBroken;
  return { list, isStale, hasMore: nextCursor !== null, isLoadingMore, more, ...changes };
}
