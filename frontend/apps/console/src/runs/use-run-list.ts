import { type RunRecord, useLiveRuns } from "@sergas/react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { hasWords } from "../lists/has-words";
import { OF_RUNS } from "../lists/use-fresh-queries";
import { askedRuns, type RunSearch } from "./run-filter";

/** The runs that fit, newest first, a page at a time; live statuses come from the streams. */
export function useRunList(search: RunSearch) {
  const { api, state } = useLiveRuns();
  const { q, ...asked } = search;
  const pages = useInfiniteQuery({
    queryKey: [OF_RUNS, "list", asked],
    queryFn: ({ pageParam }) =>
      api.runPage({
        ...askedRuns(search, Date.now()),
        ...(pageParam !== "" && { before: pageParam }),
      }),
    initialPageParam: "",
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
    placeholderData: keepPreviousData,
  });
  const listed = pages.data?.pages.flatMap(({ runs }) => runs) ?? [];
  const list = listed.map((run): RunRecord => {
    const live = state.runs[run.id];
    return live !== undefined && live.seq > 0 ? { ...run, status: live.status } : run;
  });
  return { pages, list, found: list.filter((run) => hasWords(textOf(run), q)) };
}

function textOf({ question, title, id }: RunRecord): string {
  return `${question ?? ""} ${title} ${id}`;
}
