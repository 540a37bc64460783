import { formatAgo, useLiveRuns } from "@sergas/react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { z } from "zod";
import { Notice } from "../layout/notice";
import { PageHeader } from "../layout/page-header";
import { hasWords } from "../lists/has-words";
import { QueryState } from "../lists/query-state";
import { SearchField } from "../lists/search-field";
import { useSearch } from "../routing/use-search";
import { AccountTable } from "./account-table";
import { type AccountRow, readOverview } from "./accounts-api";
import { BandFilter } from "./band-filter";
import { useOverview } from "./use-accounts";

const searchSchema = z.object({
  q: z.string().max(100).catch(""),
  band: z.enum(["healthy", "watch", "at_risk", "critical"]).optional().catch(undefined),
});

/** All accounts, those first that need attention most. */
export function AccountsScreen() {
  const overview = useOverview();
  const [{ q, band }, change] = useSearch(searchSchema);
  const all = overview.data?.accounts ?? [];
  const found = all.filter((row) => hasWords(textOf(row), q));
  const shown = band === undefined ? found : found.filter((row) => row.band === band);
  return (
    <>
      <PageHeader title="Accounts" note={noteOf(overview.data)}>
        <ReadAgain />
      </PageHeader>
      <QueryState query={overview}>
        {() => (
          <>
            <div className="flex flex-wrap items-center gap-2 border-b border-line px-4 py-2 sm:px-6">
              <BandFilter rows={found} band={band} onBand={(next) => change({ band: next })} />
              <SearchField
                label="Search accounts"
                value={q}
                onChange={(text) => change({ q: text })}
              />
            </div>
            {shown.length === 0 ? (
              <Notice
                title="No account fits"
                text={`None of the ${all.length} accounts fits what you look for.`}
              />
            ) : (
              <AccountTable rows={shown} />
            )}
          </>
        )}
      </QueryState>
    </>
  );
}

function ReadAgain() {
  const { api } = useLiveRuns();
  const queries = useQueryClient();
  const reading = useMutation({
    mutationFn: () => readOverview(api, true),
    onSuccess: (overview) => queries.setQueryData(["accounts"], overview),
    onError: () => queries.invalidateQueries({ queryKey: ["accounts"] }),
  });
  return (
    <button
      type="button"
      disabled={reading.isPending}
      onClick={() => reading.mutate()}
      className="button h-8 px-2.5"
    >
      <RefreshCw
        aria-hidden
        size={14}
        className={reading.isPending ? "animate-spin motion-reduce:animate-none" : ""}
      />
      Read again
    </button>
  );
}

function textOf({ name, number, owner, city, industry }: AccountRow): string {
  return `${name} ${number} ${owner} ${city} ${industry}`;
}

function noteOf(
  overview: { accounts: unknown[]; source: string | null; readAt?: number | undefined } | undefined,
) {
  if (overview === undefined || overview.source === null) return undefined;
  const { accounts, source, readAt } = overview;
  const ago = readAt === undefined ? "" : formatAgo(readAt, Date.now());
  const read = ago === "" ? "" : ago === "now" ? " · read just now" : ` · read ${ago} ago`;
  return `${accounts.length} from the ${source}${read}`;
}
