import { formatDay } from "../brief/format";
import { formatCompact, formatCost } from "../lists/formats";
import type { UsageRow } from "./usage-api";

export interface DayChartProps {
  readonly days: readonly string[];
  readonly rows: readonly UsageRow[];
}

const HEIGHT = 120;

/** Tokens of each day: input below, output above it. The numbers stand in a table for who hears it. */
export function DayChart({ days, rows }: DayChartProps) {
  const byDay = new Map(rows.map((row) => [row.key, row]));
  const most = Math.max(
    1,
    ...rows.map(({ inputTokens, outputTokens }) => inputTokens + outputTokens),
  );
  const labels = [days[0], days[Math.floor(days.length / 2)], days.at(-1)];
  return (
    <figure>
      <figcaption className="mb-2 flex items-center gap-4 text-xs text-ink-2">
        <span className="font-semibold">Tokens per day</span>
        <Key className="bg-run/45" label="In" />
        <Key className="bg-run" label="Out" />
        <span className="ms-auto text-ink-3 tabular-nums">highest {formatCompact(most)}</span>
      </figcaption>
      <div
        aria-hidden
        className="flex items-end gap-px border-b border-line"
        style={{ height: HEIGHT }}
      >
        {days.map((day) => (
          <DayBar key={day} day={day} row={byDay.get(day)} most={most} />
        ))}
      </div>
      <div aria-hidden className="mt-1 flex justify-between text-[11px] text-ink-3 tabular-nums">
        {labels.map((day) => (
          <span key={day}>{formatDay(day)}</span>
        ))}
      </div>
      <table className="sr-only">
        <caption>Tokens and cost per day</caption>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key}>
              <th scope="row">{formatDay(row.key)}</th>
              <td>{row.totalTokens} tokens</td>
              <td>{formatCost(row.costUsd)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

interface DayBarProps {
  readonly day: string;
  readonly row: UsageRow | undefined;
  readonly most: number;
}

function DayBar({ day, row, most }: DayBarProps) {
  const input = row?.inputTokens ?? 0;
  const output = row?.outputTokens ?? 0;
  const title = `${formatDay(day)}: ${formatCompact(input)} in, ${formatCompact(output)} out, ${formatCost(row?.costUsd)}`;
  return (
    <div title={title} className="flex h-full min-w-0 flex-1 flex-col justify-end hover:bg-hover">
      <span className="rounded-t-[2px] bg-run" style={{ height: heightOf(output, most) }} />
      <span className="bg-run/45" style={{ height: heightOf(input, most) }} />
    </div>
  );
}

/** What was used at all can be seen. */
function heightOf(tokens: number, most: number): number {
  return tokens === 0 ? 0 : Math.max(2, (tokens / most) * (HEIGHT - 4));
}

function Key({ className, label }: { readonly className: string; readonly label: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`size-2 rounded-[2px] ${className}`} />
      {label}
    </span>
  );
}
