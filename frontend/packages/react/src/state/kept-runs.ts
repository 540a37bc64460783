/** Which runs a page keeps folded: one that is open for days must not keep all it ever read. */
import { isActive } from "../client/run-record";
import type { RunView } from "./run-view";

/** Finished runs of other threads; whoever goes further back reads the log again. */
const KEPT = 8;

type Runs = Readonly<Record<string, RunView>>;

/** All runs of this thread and all that go on or wait, and the newest few of the others. */
export function keptRuns(runs: Runs, threadId: string): Runs {
  const others = Object.values(runs).filter((run) => run.threadId !== threadId && isOver(run));
  const dropped = new Set(others.slice(0, -KEPT).map(({ runId }) => runId));
  if (dropped.size === 0) return runs;
  return Object.fromEntries(Object.entries(runs).filter(([runId]) => !dropped.has(runId)));
}

function isOver({ status }: RunView): boolean {
  return !isActive(status) && status !== "interrupted";
}
