/** Whether a message comes from an attempt that did not succeed, and so is no answer. */
import type { RunView } from "./run-view";
import type { WorkflowStatus } from "./workflow-status";

export interface SubagentRunId {
  readonly runId: string;
  readonly agent: string;
  readonly attempt: number;
}

export interface LostAttempt {
  readonly attempt: number;
  readonly outcome: "failed" | "stopped";
}

/** Take `<runId>:<agent>:<attempt>` apart, also of what is nested in it; undefined for other ids. */
export function parseSubagentRunId(id: string | undefined): SubagentRunId | undefined {
  const [, runId, agent, attempt] = /^(.+):([^:]+):(\d+)(?:\/\d+)*$/.exec(id ?? "") ?? [];
  if (runId === undefined || agent === undefined) return undefined;
  return { runId, agent, attempt: Number(attempt) };
}

/** The log knows best; of a run whose log is not here, its card in the conversation tells enough. */
export function lostAttempt(
  subagentRunId: string | undefined,
  run: RunView | undefined,
  card: WorkflowStatus | undefined,
): LostAttempt | undefined {
  const id = parseSubagentRunId(subagentRunId);
  if (id === undefined) return undefined;
  const { attempt } = id;
  const attemptId = `${id.runId}:${id.agent}:${attempt}`;
  const agent = (run?.workflow ?? card)?.agents[id.agent];
  const logged = run?.attempts.find((candidate) => candidate.id === attemptId);
  const isLast = agent === undefined || agent.attempt <= attempt;
  const isStopped = agent?.status === "cancelled" && isLast;
  if (logged !== undefined) {
    if (logged.outcome !== "failed") return undefined;
    return { attempt, outcome: isStopped ? "stopped" : "failed" };
  }
  if (isStopped) return { attempt, outcome: "stopped" };
  if (!isLast || agent?.status === "error") return { attempt, outcome: "failed" };
  return undefined;
}
