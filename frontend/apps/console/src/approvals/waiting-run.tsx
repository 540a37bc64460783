import {
  ApprovalCard,
  type Decision,
  formatAgo,
  type InterruptAnswer,
  type RunRecord,
  useRun,
  withArguments,
} from "@sergas/react";
import { useState } from "react";
import { Link } from "wouter";
import { hrefOf } from "../routing/address";

export interface WaitingRunProps {
  readonly run: RunRecord;
}

/** A run and what it asks; it goes on once all of its questions are answered. */
export function WaitingRun({ run: record }: WaitingRunProps) {
  const { run, answer } = useRun(record.id);
  const [given, setGiven] = useState<readonly InterruptAnswer[]>([]);
  const interrupts = record.outcome?.interrupts ?? [];
  const open = interrupts.filter(({ id }) => !given.some((one) => one.interruptId === id));
  const agents = [...new Set(interrupts.map(({ agent }) => agent))];
  const titles = agents.map((name) => run?.workflow?.agents[name]?.title ?? name);
  const name = record.question || record.title;
  const decide = async (interruptId: string, decision: Decision) => {
    const answers = [
      ...given,
      { interruptId, status: "resolved", payload: { ...decision } } as const,
    ];
    setGiven(answers);
    if (answers.length < interrupts.length) return;
    // Refused: the fault is told, and the questions can be answered once more.
    if (!(await answer(answers))) setGiven([]);
  };
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
        {open.map((interrupt) => (
          <ApprovalCard
            key={interrupt.id}
            interrupt={withArguments(interrupt, run?.tools ?? [])}
            onAnswer={(decision) => decide(interrupt.id, decision)}
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
