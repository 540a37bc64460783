import {
  ApprovalCard,
  formatAgo,
  type RunRecord,
  useAnswers,
  useRun,
  withArguments,
} from "@sergas/react";
import { Link } from "wouter";
import { hrefOf } from "../routing/address";

export interface WaitingRunProps {
  readonly run: RunRecord;
}

/** A run and what it asks; it goes on once all of its questions are answered. */
export function WaitingRun({ run: record }: WaitingRunProps) {
  const { run, answer } = useRun(record.id);
  const interrupts = record.outcome?.interrupts ?? [];
  const answers = useAnswers(interrupts, answer);
  const agents = [...new Set(interrupts.map(({ agent }) => agent))];
  const titles = agents.map((name) => run?.workflow?.agents[name]?.title ?? name);
  const name = record.question || record.title;
  return (
    <article
      data-testid="waiting-run"
      data-run={record.id}
      aria-label={`${name}: waits for you`}
      className="overflow-hidden rounded-lg border border-line bg-surface"
    >
      <header className="flex items-baseline gap-2 border-b border-line bg-raised px-4 py-2 text-[13px]">
        <Link
          href={hrefOf({ thread: record.threadId, run: record.id })}
          className="min-w-0 truncate font-medium text-ink hover:underline"
        >
          {name}
        </Link>
        <span className="min-w-0 truncate text-xs text-ink-3">{titles.join(", ")}</span>
        <span className="ms-auto shrink-0 text-xs text-ink-3">
          {waited(record.finishedAt ?? record.createdAt)}
        </span>
      </header>
      <div className="px-4 py-1">
        {answers.open.map((interrupt) => (
          <ApprovalCard
            key={interrupt.id}
            interrupt={withArguments(interrupt, run?.tools ?? [])}
            onAnswer={(given) => answers.answer(interrupt.id, given)}
          />
        ))}
      </div>
      {interrupts.length > 1 && (
        <p className="border-t border-line px-4 py-2 text-xs text-ink-3">
          The run goes on when all {interrupts.length} questions are answered.
        </p>
      )}
    </article>
  );
}

function waited(since: string): string {
  const ago = formatAgo(Date.parse(since), Date.now());
  return ago === "now" ? "since just now" : `for ${ago}`;
}
