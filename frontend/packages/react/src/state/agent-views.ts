/** One card per agent: the server's status beside what the agent said and called. */
import type { Usage } from "../client/api-schema";
import { askedCalls } from "./question";
import type { AttemptView, RunView, ToolCallView } from "./run-view";
import type { AgentState } from "./workflow-status";

export interface AgentView {
  readonly name: string;
  readonly title: string;
  readonly runtime: string;
  readonly model: string | undefined;
  readonly status: AgentState;
  readonly progress: number;
  readonly currentTask: string;
  readonly lastLine: string;
  readonly attempt: number;
  readonly isReused: boolean;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly fault: string | undefined;
  readonly usage: Usage | undefined;
  readonly attempts: readonly AttemptView[];
  readonly tools: readonly ToolCallView[];
  /** Calls, by id, that wait for a person. */
  readonly asked: readonly string[];
}

export function agentViews(run: RunView): readonly AgentView[] {
  return Object.values(run.workflow?.agents ?? {}).map((agent) => ({
    name: agent.name,
    title: agent.title ?? agent.name,
    runtime: agent.runtime ?? "",
    model: agent.model,
    status: agent.status,
    progress: agent.progress,
    currentTask: agent.currentTask,
    lastLine: lastLine(run, agent.name),
    attempt: agent.attempt,
    isReused: agent.reused,
    startedAt: agent.startedAt,
    finishedAt: agent.finishedAt,
    fault: agent.error?.message,
    usage: agent.usage,
    attempts: run.attempts.filter((attempt) => attempt.agent === agent.name),
    tools: run.tools.filter((tool) => tool.agent === agent.name),
    asked: askedCalls(run),
  }));
}

/** A last line that is longer is cut on the page anyway. */
const TAIL_CHARS = 2000;

function lastLine(run: RunView, agent: string): string {
  const text = run.messages.findLast((message) => message.agent === agent && message.text !== "");
  const lines = (text?.text ?? "")
    .slice(-TAIL_CHARS)
    .split("\n")
    .filter((line) => line.trim() !== "");
  return (lines.at(-1) ?? "")
    .replaceAll(/[*_`#>]/g, "")
    .replace(/^\s*-\s+/, "")
    .trim();
}
