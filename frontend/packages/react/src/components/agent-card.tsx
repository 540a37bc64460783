import { useTexts } from "../hooks/texts";
import { useNow } from "../hooks/use-now";
import type { AgentView } from "../state/agent-views";
import { formatDuration } from "../state/format";
import { agentWords, runtimeWords, usageWords } from "../state/words";
import { ProgressBar } from "./progress-bar";
import { StatusIcon } from "./status-icon";
import { TONE_TEXT } from "./tones";
import { ToolCallList } from "./tool-call-list";

export interface AgentCardProps {
  readonly agent: AgentView;
}

/** Who it is, how it stands, what it does now, what it said last, what it called. */
export function AgentCard({ agent }: AgentCardProps) {
  const texts = useTexts();
  const words = agentWords(agent.status, texts);
  const isActive = words.tone === "active";
  return (
    <article
      id={`agent-${agent.name}`}
      data-testid="agent-card"
      data-agent={agent.name}
      data-status={agent.status}
      aria-label={`${agent.title}: ${words.label}`}
      tabIndex={-1}
      className={`scroll-mt-2 rounded-lg border bg-surface transition-colors duration-200 motion-reduce:transition-none ${isActive ? "border-run/40" : "border-line"}`}
    >
      <div className="flex flex-col gap-1.5 px-3 py-2.5">
        <div className="flex items-center gap-2">
          <StatusIcon tone={words.tone} />
          <h4 className="max-w-[75%] shrink-0 truncate text-[13px] font-semibold text-ink">
            {agent.title}
          </h4>
          <span className={`shrink-0 text-xs font-medium ${TONE_TEXT[words.tone]}`}>
            {words.label}
          </span>
          <Facts agent={agent} />
        </div>
        {agent.currentTask !== "" && (
          <p className="text-xs leading-4 text-ink-2">
            <bdi>{agent.currentTask}</bdi>
          </p>
        )}
        {agent.lastLine !== "" && (
          <p
            className="truncate border-s-2 border-line ps-2 text-xs leading-4 text-ink-3"
            title={agent.lastLine}
          >
            <bdi>{agent.lastLine}</bdi>
          </p>
        )}
        {agent.fault !== undefined && (
          <p className="text-xs leading-4 text-bad">
            <bdi>{agent.fault}</bdi>
          </p>
        )}
        <Usage agent={agent} />
        {isActive && (
          <ProgressBar
            isThin
            percent={agent.progress}
            tone="active"
            label={texts.progressOf(agent.title)}
          />
        )}
      </div>
      <ToolCallList tools={agent.tools} asked={agent.asked} />
    </article>
  );
}

function Facts({ agent }: AgentCardProps) {
  const { startedAt, finishedAt, attempt, isReused, runtime, model } = agent;
  const texts = useTexts();
  const isWorking = agent.status === "running";
  const now = useNow(isWorking);
  const endedAt = finishedAt ?? (isWorking ? now : agent.attempts.at(-1)?.finishedAt);
  const time =
    startedAt === undefined || endedAt === undefined
      ? undefined
      : formatDuration(endedAt - startedAt);
  const facts = [
    isReused ? texts.keptFromEarlier : undefined,
    attempt > 1 && !isReused ? texts.attempt(attempt) : undefined,
    model !== undefined || runtime === "" ? undefined : runtimeWords(runtime, texts),
    isReused ? undefined : time,
  ];
  const text = facts.filter((fact) => fact !== undefined).join(" · ");
  return (
    <span title={text} className="ms-auto min-w-0 truncate text-xs text-ink-3 tabular-nums">
      <bdi>{text}</bdi>
    </span>
  );
}

function Usage({ agent: { model, usage } }: AgentCardProps) {
  const texts = useTexts();
  const facts = [model, usage && usageWords(usage, texts)].filter((fact) => fact !== undefined);
  if (facts.length === 0) return null;
  return (
    <p data-testid="agent-usage" className="text-xs leading-4 text-ink-3 tabular-nums">
      <bdi>{facts.join(" · ")}</bdi>
    </p>
  );
}
