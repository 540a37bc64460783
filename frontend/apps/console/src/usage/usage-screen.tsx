import { useLiveRuns } from "@sergas/react";
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { Notice } from "../layout/notice";
import { PageHeader } from "../layout/page-header";
import { ChoiceBar } from "../lists/choice-bar";
import { QueryState } from "../lists/query-state";
import { OF_RUNS } from "../lists/use-fresh-queries";
import { useSearch } from "../routing/use-search";
import { DayChart } from "./day-chart";
import { type AskedUsage, lastDays, readUsage, USAGE_BY, type UsageBy } from "./usage-api";
import { UsageTableView } from "./usage-table-view";
import { UsageTotals } from "./usage-totals";

const searchSchema = z.object({
  days: z.enum(["7", "30", "90"]).catch("30"),
  by: z.enum(USAGE_BY).catch("model"),
});

/** What the agents' models used and what it cost. */
export function UsageScreen() {
  const [{ days, by }, change] = useSearch(searchSchema);
  const shown = lastDays(Number(days), Date.now());
  const from = shown[0] ?? "";
  const perDay = useUsage({ by: "day", from });
  return (
    <>
      <PageHeader title="Usage and cost" note="UTC days">
        <ChoiceBar
          label="Time"
          current={days}
          onPick={(next) => change({ days: next })}
          choices={[
            { value: "7", label: "7 days" },
            { value: "30", label: "30 days" },
            { value: "90", label: "90 days" },
          ]}
        />
      </PageHeader>
      <QueryState query={perDay}>
        {({ usage, total }) =>
          total.calls === 0 ? (
            <Notice
              title={`No model was called in the last ${days} days`}
              text="Agents on the rules runtime call no model and cost nothing. With a model, every call is counted here: tokens, and cost where its price is known."
            />
          ) : (
            <div className="min-h-0 flex-1 overflow-y-auto">
              <div className="mx-auto flex max-w-[60rem] flex-col gap-6 p-4 sm:p-6">
                <UsageTotals total={total} />
                <DayChart days={shown} rows={usage} />
                <Breakdown by={by} from={from} onBy={(next) => change({ by: next })} />
              </div>
            </div>
          )
        }
      </QueryState>
    </>
  );
}

function useUsage(asked: AskedUsage) {
  const { api } = useLiveRuns();
  return useQuery({
    queryKey: [OF_RUNS, "usage", asked],
    queryFn: () => readUsage(api, asked),
  });
}

interface BreakdownProps {
  readonly by: UsageBy;
  readonly from: string;
  readonly onBy: (by: UsageBy) => void;
}

function Breakdown({ by, from, onBy }: BreakdownProps) {
  const table = useUsage({ by, from });
  return (
    <section aria-label="By what">
      <ChoiceBar
        label="Added up by"
        current={by}
        onPick={onBy}
        choices={USAGE_BY.map((value) => ({ value, label: WORDS[value] }))}
      />
      <QueryState query={table}>
        {({ usage }) => <UsageTableView by={by} rows={usage} />}
      </QueryState>
    </section>
  );
}

const WORDS: Readonly<Record<UsageBy, string>> = {
  model: "Model",
  agent: "Agent",
  thread: "Conversation",
  run: "Run",
  user: "User",
};
