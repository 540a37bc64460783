import { useLiveRuns } from "@sergas/react";
import { Link } from "wouter";
import { formatCost, formatCount } from "../lists/formats";
import { hrefOf } from "../routing/address";
import type { UsageBy, UsageRow } from "./usage-api";

export interface UsageTableViewProps {
  readonly by: UsageBy;
  readonly rows: readonly UsageRow[];
}

/** The most expensive first; without prices, the most tokens first. */
export function UsageTableView({ by, rows }: UsageTableViewProps) {
  const sorted = [...rows].sort(
    (one, other) =>
      (other.costUsd ?? 0) - (one.costUsd ?? 0) || other.totalTokens - one.totalTokens,
  );
  return (
    <div className="mt-2 overflow-x-auto">
      <table className="data-table" data-testid="usage-table">
        <thead>
          <tr>
            <th scope="col">{by === "thread" ? "conversation" : by}</th>
            <th scope="col" className="w-20 text-end max-sm:hidden">
              Calls
            </th>
            <th scope="col" className="w-28 text-end max-sm:hidden">
              In
            </th>
            <th scope="col" className="w-28 text-end max-sm:hidden">
              Out
            </th>
            <th scope="col" className="w-28 text-end">
              Tokens
            </th>
            <th scope="col" className="w-24 text-end">
              Cost
            </th>
          </tr>
        </thead>
        <tbody>
          {sorted.map((row) => (
            <tr key={row.key} className="plain-row">
              <th scope="row" className="max-w-0 truncate">
                <Key by={by} name={row.key} />
              </th>
              <td className="text-end tabular-nums max-sm:hidden">{formatCount(row.calls)}</td>
              <td className="text-end tabular-nums max-sm:hidden">
                {formatCount(row.inputTokens)}
              </td>
              <td className="text-end tabular-nums max-sm:hidden">
                {formatCount(row.outputTokens)}
              </td>
              <td className="text-end tabular-nums">{formatCount(row.totalTokens)}</td>
              <td className="text-end tabular-nums">{formatCost(row.costUsd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface KeyProps {
  readonly by: UsageBy;
  readonly name: string;
}

function Key({ by, name }: KeyProps) {
  const { records } = useLiveRuns().state;
  if (by === "user") return name === "" ? "everybody (tokens name nobody)" : name;
  if (by !== "run" && by !== "thread") return name.replaceAll("_", " ");
  const run = records?.find(({ id, threadId }) => (by === "run" ? id : threadId) === name);
  const href = hrefOf(by === "run" ? { thread: run?.threadId, run: name } : { thread: name });
  const words = run?.question || name;
  if (by === "run" && run === undefined) return <span className="font-mono text-xs">{name}</span>;
  return (
    <Link href={href} className="hover:underline">
      {words}
    </Link>
  );
}
