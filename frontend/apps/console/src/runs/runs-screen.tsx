import { useLiveRuns } from "@sergas/react";
import { useState } from "react";
import { useLocation } from "wouter";
import { Notice } from "../layout/notice";
import { PageHeader } from "../layout/page-header";
import { QueryState } from "../lists/query-state";
import { hrefOfScreen } from "../routing/screens";
import { useSearch } from "../routing/use-search";
import { CompareBar } from "./compare-bar";
import { runSearchSchema } from "./run-filter";
import { RunFilters } from "./run-filters";
import { RunTable } from "./run-table";
import { useRunList } from "./use-run-list";

/** Every run of this server: found, opened, stopped, run again, compared. */
export function RunsScreen() {
  const [search, change] = useSearch(runSearchSchema);
  const { pages, list, found } = useRunList(search);
  const { state } = useLiveRuns();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [, navigate] = useLocation();
  const workflows = [...new Set((state.records ?? []).map(({ workflow }) => workflow))].sort();
  const pick = (id: string) =>
    setPicked((before) =>
      before.includes(id) ? before.filter((one) => one !== id) : [...before.slice(-1), id],
    );
  const { error, isFetching, refetch } = pages;
  const known = { data: pages.data && found, error, isFetching, refetch };
  const isFiltered = Object.values(search).some((value) => value !== undefined && value !== "");
  return (
    <>
      <PageHeader
        title="Runs"
        note={`${found.length}${pages.hasNextPage ? " shown, more below" : ""}`}
      >
        <CompareBar
          picked={picked}
          onClear={() => setPicked([])}
          onCompare={(a, b) => navigate(`${hrefOfScreen("runs", "compare")}?a=${a}&b=${b}`)}
        />
      </PageHeader>
      <RunFilters search={search} workflows={workflows} onChange={change} />
      <QueryState query={known}>
        {(runs) =>
          runs.length === 0 ? (
            <Notice
              title={isFiltered ? "No run fits" : "No run yet"}
              text={
                isFiltered
                  ? `None of the ${list.length} runs that were read fits what you look for.`
                  : "What you ask in a conversation is worked off by a run. It is listed here."
              }
            />
          ) : (
            <div className="min-h-0 flex-1 overflow-auto">
              <RunTable runs={runs} picked={picked} onPick={pick} />
              {pages.hasNextPage && (
                <button
                  type="button"
                  disabled={pages.isFetchingNextPage}
                  onClick={() => void pages.fetchNextPage()}
                  className="button mx-4 my-3 h-8 px-3 sm:mx-6"
                >
                  {pages.isFetchingNextPage ? "Reading" : "Show older runs"}
                </button>
              )}
            </div>
          )
        }
      </QueryState>
    </>
  );
}
