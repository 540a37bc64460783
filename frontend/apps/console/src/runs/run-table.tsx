import { isActive, type RunRecord, useNow } from "@sergas/react";
import { RunLine } from "./run-line";

export interface RunTableProps {
  readonly runs: readonly RunRecord[];
  readonly picked: readonly string[];
  readonly onPick: (id: string) => void;
}

export function RunTable({ runs, picked, onPick }: RunTableProps) {
  const now = useNow(runs.some(({ status }) => isActive(status)));
  return (
    <table className="data-table" data-testid="run-table">
      <thead>
        <tr>
          <th scope="col" className="w-10">
            <span className="sr-only">Compare</span>
          </th>
          <th scope="col">Run</th>
          <th scope="col" className="w-36 max-md:hidden">
            Status
          </th>
          <th scope="col" className="w-36 max-xl:hidden">
            Workflow
          </th>
          <th scope="col" className="w-20 text-end max-sm:hidden">
            Started
          </th>
          <th scope="col" className="w-24 text-end max-sm:hidden">
            Took
          </th>
          <th scope="col" className="w-20 text-end max-lg:hidden">
            Tokens
          </th>
          <th scope="col" className="w-20 text-end max-lg:hidden">
            Cost
          </th>
          <th scope="col" className="w-24">
            <span className="sr-only">Stop or retry</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <RunLine
            key={run.id}
            run={run}
            now={now}
            isPicked={picked.includes(run.id)}
            onPick={() => onPick(run.id)}
          />
        ))}
      </tbody>
    </table>
  );
}
