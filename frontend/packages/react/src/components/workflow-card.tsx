import type { ReactNode } from "react";
import { useTexts } from "../hooks/texts";
import { formatDuration } from "../state/format";
import { canRetry, retryAdvice } from "../state/retry-advice";
import { agentWords, runWords } from "../state/words";
import type { WorkflowStatus } from "../state/workflow-status";
import { ProgressBar } from "./progress-bar";
import { RunControls } from "./run-controls";
import { RunFault } from "./run-fault";
import { StatusIcon } from "./status-icon";
import { TONE_TEXT } from "./tones";

export interface WorkflowCardProps {
  readonly content: WorkflowStatus;
  /** What the page offers to do with the run. */
  readonly action?: ReactNode;
  /** Why the run failed, where the page knows better than the card. */
  readonly fault?: string | undefined;
  /** Absent where a retry makes no sense, as for a run that was followed by another. */
  readonly onRetry?: (() => Promise<void>) | undefined;
}

/** The run inside the conversation: small, live, and still true when it is history. */
export function WorkflowCard({ content, action, fault, onRetry }: WorkflowCardProps) {
  const texts = useTexts();
  const words = runWords(content.status, texts);
  const { startedAt, finishedAt } = content;
  const took =
    startedAt !== undefined && finishedAt !== undefined
      ? formatDuration(finishedAt - startedAt)
      : undefined;
  return (
    <section
      data-testid="workflow-card"
      data-status={content.status}
      aria-label={`${content.title}: ${words.label}`}
      className="my-3 overflow-hidden rounded-lg border border-line bg-surface text-[13px]"
    >
      <div className="flex items-center gap-2 px-3 py-2">
        <StatusIcon tone={words.tone} />
        <span className="font-medium text-ink">{content.title}</span>
        <span className={`text-xs font-medium ${TONE_TEXT[words.tone]}`}>{words.label}</span>
        <span className="ms-auto text-xs text-ink-3 tabular-nums">
          <bdi>{took ?? `${content.progress} %`}</bdi>
        </span>
      </div>
      {words.tone === "active" && (
        <div className="px-3 pb-2">
          <ProgressBar
            isThin
            percent={content.progress}
            tone="active"
            label={texts.progressOfRun}
          />
        </div>
      )}
      <div className="flex items-center gap-3 border-t border-line bg-raised px-3 py-1.5">
        <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-2">
          {Object.values(content.agents).map((agent) => (
            <li key={agent.name} className="flex items-center gap-1.5">
              <StatusIcon tone={agentWords(agent.status, texts).tone} size={13} />
              {agent.title ?? agent.name}
              <span className="sr-only">{agentWords(agent.status, texts).label}</span>
            </li>
          ))}
        </ul>
        {action && <span className="ms-auto shrink-0">{action}</span>}
      </div>
      {canRetry(content.status) ? (
        <RunFault
          message={fault ?? faultIn(content) ?? content.reason}
          advice={onRetry && retryAdvice(content.status, content.completedAgents.length, texts)}
          isFailure={content.status === "failed"}
          action={onRetry && <RunControls status={content.status} onRetry={onRetry} />}
        />
      ) : (
        content.reason && (
          <p className="border-t border-line px-3 py-1.5 text-xs text-ink-2">{content.reason}</p>
        )
      )}
    </section>
  );
}

function faultIn({ agents }: WorkflowStatus): string | undefined {
  return Object.values(agents).find(({ status }) => status === "error")?.error?.message;
}
