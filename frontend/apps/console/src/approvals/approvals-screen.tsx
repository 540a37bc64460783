import { Notice } from "../layout/notice";
import { PageHeader } from "../layout/page-header";
import { QueryState } from "../lists/query-state";
import { useWaitingRuns } from "../lists/use-waiting-runs";
import { WaitingRun } from "./waiting-run";

/** Everything that waits for a person, over all conversations; answered here, in place. */
export function ApprovalsScreen() {
  const waiting = useWaitingRuns();
  const count = waiting.data?.length;
  return (
    <>
      <PageHeader
        title="Approvals"
        note={count === undefined || count === 0 ? undefined : `${count} waiting, oldest first`}
      />
      <QueryState query={waiting}>
        {(runs) =>
          runs.length === 0 ? (
            <Notice
              title="Nothing waits for you"
              text="When an agent needs a yes, an answer or a correction before it goes on, it is asked here and in its conversation. The run waits as long as it takes."
            />
          ) : (
            <div className="min-h-0 flex-1 overflow-y-auto">
              <ul className="mx-auto flex max-w-[46rem] flex-col gap-3 p-4 sm:p-6">
                {runs.map((run) => (
                  <li key={run.id}>
                    <WaitingRun run={run} />
                  </li>
                ))}
              </ul>
            </div>
          )
        }
      </QueryState>
    </>
  );
}
