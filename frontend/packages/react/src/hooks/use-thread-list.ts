import { useCallback, useState, useSyncExternalStore } from "react";
import { type Problem, problemFrom } from "../client/api-error";
import type { Thread } from "../client/api-schema";
import { threadsOf } from "../state/thread-list";
import { useLiveRuns } from "./live-runs";
import { useIsVisible } from "./use-is-visible";
import { type ThreadChanges, useThreadChanges } from "./use-thread-changes";

export interface Threads extends ThreadChanges {
  /** The most recently used first; undefined until the server's list was read. */
  readonly list: readonly Thread[] | undefined;
  /** The stream of the list broke, so this is what the server said last. */
  readonly isStale: boolean;
  /** Why nothing new comes now. */
  readonly problem: Problem | undefined;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly more: () => void;
  /** Ask the server for the list once more, at once. */
  readonly again: () => void;
}

/**
 * The conversations, live: also what other tabs and people do to them shows here.
 * A page that nobody looks at lets go of the stream, because a browser holds only six per server.
 */
export function useThreadList(isArchived = false): Threads {
  const { api, dispatch, threadFeeds } = useLiveRuns();
  const feed = threadFeeds(isArchived);
  const isVisible = useIsVisible();
  const changes = useThreadChanges();
  const [isLoadingMore, setIsLoadingMore] = useState(false);

  const watch = useCallback(
    (onChange: () => void) => (isVisible ? feed.watch(onChange) : () => undefined),
    [feed, isVisible],
  );
  const { list: told, problem } = useSyncExternalStore(watch, feed.read, feed.read);

  const { nextCursor } = told;
  const more = useCallback(() => {
    if (nextCursor === null) return;
    setIsLoadingMore(true);
    api
      .threadPage({ cursor: nextCursor, isArchived })
      .then(
        (page) => feed.tell({ type: "page", after: nextCursor, ...page }),
        (error: unknown) => dispatch({ type: "problem", problem: problemFrom(error) }),
      )
      .finally(() => setIsLoadingMore(false));
  }, [api, nextCursor, isArchived, feed, dispatch]);

  const list = threadsOf(told, isArchived);
  const isStale = list !== undefined && problem !== undefined;
  const hasMore = nextCursor !== null;
  return { list, isStale, problem, hasMore, isLoadingMore, more, again: feed.again, ...changes };
}
