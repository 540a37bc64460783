import { formatAgo, RunControls, type RunRecord, useLiveRuns } from "@sergas/react";
import { Link, useLocation } from "wouter";
import { formatCompact, formatCost, formatMoment, formatTook } from "../lists/formats";
import { StatusMark, StatusWords } from "../lists/status-words";
import { hrefOf } from "../routing/address";

export interface RunLineProps {
  readonly run: RunRecord;
  readonly now: number;
  readonly isPicked: boolean;
  readonly onPick: () => void;
}

export function RunLine({ run, now, isPicked, onPick }: RunLineProps) {
  const { actions } = useLiveRuns();
  const [, navigate] = useLocation();
  const name = run.question || run.title;
  const href = hrefOf({ thread: run.threadId, run: run.id });
  const fault = run.outcome?.error?.message ?? run.outcome?.reason;
  const tokens = run.usage?.totalTokens ?? 0;
  const retry = async () => {
    const id = await actions.retryWorkflow(run.id, run.threadId);
    if (id !== undefined) navigate(hrefOf({ thread: run.threadId }));
  };
  return (
    <tr
      data-testid="run-row"
      data-run={run.id}
      data-status={run.status}
      data-picked={isPicked || undefined}
      onClick={() => navigate(href)}
    >
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the box in it takes the keys. */}
      <td onClick={(event) => event.stopPropagation()}>
        <input
          type="checkbox"
          checked={isPicked}
          onChange={onPick}
          aria-label={`Compare: ${name}`}
          className="block size-4 accent-(--ink)"
        />
      </td>
      <th scope="row" className="max-w-0">
        <Link
          href={href}
          onClick={(event) => event.stopPropagation()}
          className="flex items-center gap-2 font-medium text-ink hover:underline"
        >
          <StatusMark status={run.status} />
          <bdi className="truncate">{name}</bdi>
          {run.retryOf != null && (
            <span className="shrink-0 text-[11px] font-normal text-ink-3">retry</span>
          )}
        </Link>
        {fault !== undefined && (
          <span className="block truncate text-xs font-normal text-ink-3" title={fault}>
            <bdi>{fault}</bdi>
          </span>
        )}
      </th>
      <td className="max-md:hidden">
        <StatusWords status={run.status} />
      </td>
      <td className="truncate text-ink-2 max-xl:hidden">{run.title}</td>
      <td
        className="text-end text-ink-2 tabular-nums max-sm:hidden"
        title={formatMoment(run.createdAt)}
      >
        {formatAgo(Date.parse(run.createdAt), now)}
      </td>
      <td className="text-end text-ink-2 tabular-nums max-sm:hidden">{formatTook(run, now)}</td>
      <td className="text-end text-ink-2 tabular-nums max-lg:hidden">
        {tokens === 0 ? "–" : formatCompact(tokens)}
      </td>
      <td className="text-end text-ink-2 tabular-nums max-lg:hidden">
        {formatCost(run.usage?.costUsd)}
      </td>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the buttons in it take the keys. */}
      <td onClick={(event) => event.stopPropagation()} className="text-end">
        <RunControls
          status={run.status}
          onStop={() => actions.interruptWorkflow(run.id)}
          onRetry={retry}
        />
      </td>
    </tr>
  );
}
