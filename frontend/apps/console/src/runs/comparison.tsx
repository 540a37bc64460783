import { isActive, type RunRecord, TONE_TEXT, useNow, useRun, useSubagents } from "@sergas/react";
import { Link } from "wouter";
import { hrefOf } from "../routing/address";
import { AgentComparison } from "./agent-comparison";
import { differenceOf, type Row, wholeRows } from "./comparison-rows";

export interface ComparisonProps {
  readonly a: string;
  readonly b: string;
}

export function Comparison({ a, b }: ComparisonProps) {
  const one = { record: useRun(a).record, agents: useSubagents(a).agents };
  const other = { record: useRun(b).record, agents: useSubagents(b).agents };
  const pair = [one, other] as const;
  const isLive = pair.some(({ record }) => record !== undefined && isActive(record.status));
  const now = useNow(isLive);
  return (
    <div className="min-h-0 flex-1 overflow-auto" data-testid="comparison">
      <table className="data-table min-w-[36rem]">
        <thead>
          <tr>
            <th scope="col" className="w-32">
              <span className="sr-only">What is compared</span>
            </th>
            <th scope="col">
              <RunLink id={a} record={one.record} />
            </th>
            <th scope="col">
              <RunLink id={b} record={other.record} />
            </th>
          </tr>
        </thead>
        <tbody>
          {wholeRows(pair, now).map((row) => (
            <ComparedLine key={row.label} row={row} />
          ))}
        </tbody>
        <AgentComparison pair={pair} now={now} />
      </table>
    </div>
  );
}

interface ComparedLineProps {
  readonly row: Row;
}

function ComparedLine({ row }: ComparedLineProps) {
  const [one, other] = row.cells;
  return (
    <tr className="plain-row">
      <th scope="row" className="text-ink-3">
        {row.label}
      </th>
      <td className={`tabular-nums ${one.tone ? TONE_TEXT[one.tone] : ""}`}>{one.text}</td>
      <td className={`tabular-nums ${other.tone ? TONE_TEXT[other.tone] : ""}`}>
        {other.text} <span className="text-xs text-ink-3">{differenceOf(row)}</span>
      </td>
    </tr>
  );
}

function RunLink({ id, record }: { readonly id: string; readonly record: RunRecord | undefined }) {
  if (record === undefined) return <span className="font-mono text-xs">{id}</span>;
  return (
    <Link
      href={hrefOf({ thread: record.threadId, run: id })}
      className="font-medium text-ink hover:underline"
    >
      {record.question || record.title}
    </Link>
  );
}
