import { ApiError, useNow, useThreadList } from "@sergas/react";
import { useEffect } from "react";
import { Notice } from "../layout/notice";
import { PageHeader } from "../layout/page-header";
import { hasWords } from "../lists/has-words";
import { QueryState } from "../lists/query-state";
import { useSearch } from "../routing/use-search";
import { ThreadFilters, threadSearchSchema } from "./thread-filters";
import { ThreadTable } from "./thread-table";

/** Every conversation of this server, live: found, opened, renamed, archived, deleted. */
export function ThreadsScreen() {
  const [search, change] = useSearch(threadSearchSchema);
  const { q, show } = search;
  const isArchived = show === "archived";
  const threads = useThreadList(isArchived);
  const { list, problem, hasMore, isLoadingMore, more, again } = threads;
  const now = useNow(true, 60_000);
  const found = list?.filter(({ id, name }) => hasWords(`${name ?? ""} ${id}`, q));
  // Words are looked for in all conversations, so those that were not read yet are read.
  const readsOn = hasMore && (q !== "" || list?.length === 0);
  useEffect(() => {
    if (readsOn) more();
  }, [readsOn, more]);
  const query = {
    data: found,
    error: problem === undefined ? null : new ApiError(problem),
    isFetching: false,
    refetch: again,
  };
  return (
    <>
      <PageHeader title="All conversations" note={found && noteOf(found.length, hasMore)} />
      <ThreadFilters search={search} onChange={change} />
      <QueryState query={query}>
        {(shown) =>
          shown.length === 0 && !readsOn ? (
            <Notice {...emptiness(isArchived, q)} />
          ) : (
            <div className="min-h-0 flex-1 overflow-auto">
              <ThreadTable shown={shown} threads={threads} now={now} />
              {hasMore && (
                <button
                  type="button"
                  disabled={readsOn || isLoadingMore}
                  onClick={more}
                  className="button mx-4 my-3 h-8 px-3 sm:mx-6"
                >
                  {readsOn || isLoadingMore ? "Reading older ones" : "Show older conversations"}
                </button>
              )}
            </div>
          )
        }
      </QueryState>
    </>
  );
}

function noteOf(count: number, hasMore: boolean): string {
  return `${count}${hasMore ? " shown, more below" : ""}`;
}

function emptiness(isArchived: boolean, query: string) {
  if (query !== "")
    return { title: "No conversation fits", text: `None of them has “${query}” in its name.` };
  if (isArchived)
    return {
      title: "Nothing is archived",
      text: "A conversation that you archive is out of the way, and kept here with its runs.",
    };
  return {
    title: "No conversation yet",
    text: "What you ask is kept here, with its runs, until you delete it.",
  };
}
