import { useCallback, useEffect, useMemo, useState } from "react";
import type { RunPage } from "../client/api";
import { problemFrom } from "../client/api-error";
import type { RunStatus } from "../client/api-schema";
import type { RunRecord } from "../client/run-record";
import { useLiveRuns } from "./live-runs";

export interface RunsFilter {
  readonly status?: readonly RunStatus[] | undefined;
  readonly threadId?: string | undefined;
}

export interface Runs {
  /** Newest first; undefined until the server's list was read. */
  readonly list: readonly RunRecord[] | undefined;
  readonly hasMore: boolean;
  readonly isLoadingMore: boolean;
  readonly more: () => void;
  readonly refresh: () => void;
}

interface Pages {
  readonly key: string;
  readonly runs: readonly RunRecord[];
  readonly nextCursor: string | undefined;
}

/** Runs as the server lists them, fresh whenever a run starts or ends; older ones on demand. */
export function useRuns({ status, threadId }: RunsFilter = {}): Runs {
  const { api, state, actions, dispatch } = useLiveRuns();
  const [first, setFirst] = useState<Pages>();
  const [older, setOlder] = useState<Pages>();
  const [isLoadingMore, setIsLoadingMore] = useState(false);
  const key = JSON.stringify([status ?? [], threadId ?? null]);
  const read = useCallback(
    async (before?: string): Promise<Pages> => {
      const [wanted, thread]: [RunStatus[], string | null] = JSON.parse(key);
      const filter = { status: wanted, ...(thread !== null && { thread }) };
      const page = await api.runPage({ ...filter, ...(before !== undefined && { before }) });
      return pagesOf(key, page);
    },
    [api, key],
  );
  const complain = useCallback(
    (error: unknown) => dispatch({ type: "problem", problem: problemFrom(error) }),
    [dispatch],
  );
  const isFiltered = key !== WHOLE;

  // biome-ignore lint/correctness/useExhaustiveDependencies: a fresh general list is the moment to read this one again.
  useEffect(() => {
    if (!isFiltered) return;
    let isCurrent = true;
    read().then((page) => isCurrent && setFirst(page), complain);
    return () => {
      isCurrent = false;
    };
  }, [read, isFiltered, complain, state.records]);

  const general = state.records && generalPages(state.records, state.hasOlderRecords);
  const head = isFiltered ? (first?.key === key ? first : undefined) : general;
  const tail = older?.key === key ? older : undefined;
  const nextCursor = tail === undefined ? head?.nextCursor : tail.nextCursor;
  const more = () => {
    if (nextCursor === undefined || isLoadingMore) return;
    setIsLoadingMore(true);
    read(nextCursor)
      .then((page) => setOlder({ ...page, runs: [...(tail?.runs ?? []), ...page.runs] }), complain)
      .finally(() => setIsLoadingMore(false));
  };
  const list = useMemo(() => head && joined(head.runs, tail?.runs ?? []), [head, tail]);
  return {
    list,
    hasMore: nextCursor !== undefined,
    isLoadingMore,
    more,
    refresh: actions.refresh,
  };
}

const WHOLE = JSON.stringify([[], null]);

function pagesOf(key: string, { runs, nextCursor }: RunPage): Pages {
  return { key, runs, nextCursor: nextCursor ?? undefined };
}

function generalPages(runs: readonly RunRecord[], hasOlder: boolean): Pages {
  return { key: WHOLE, runs, nextCursor: hasOlder ? runs.at(-1)?.id : undefined };
}

/** A run that came up in the fresh head may stand in an older page as well. */
function joined(head: readonly RunRecord[], tail: readonly RunRecord[]): readonly RunRecord[] {
  const known = new Set(head.map(({ id }) => id));
  return [...head, ...tail.filter(({ id }) => !known.has(id))];
}
