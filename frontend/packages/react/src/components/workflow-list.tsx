import { useTexts } from "../hooks/texts";
import type { ActiveWorkflow } from "../state/enhanced-state";
import type { RunView } from "../state/run-view";
import { agentWords, runWords } from "../state/words";
import { ProgressBar } from "./progress-bar";
import { StatusIcon } from "./status-icon";

export interface WorkflowListProps {
  readonly workflows: readonly ActiveWorkflow[];
  readonly runs: Readonly<Record<string, RunView>>;
  readonly onStop: (runId: string) => void;
}

/** The runs at work elsewhere: status, progress, and their agents on demand. */
export function WorkflowList({ workflows, runs, onStop }: WorkflowListProps) {
  const texts = useTexts();
  if (workflows.length === 0) return null;
  return (
    <section aria-label={texts.alsoRunning} className="panel-section">
      <h3 className="section-title">{texts.alsoRunning}</h3>
      <ul className="flex flex-col divide-y divide-line rounded-lg border border-line bg-surface">
        {workflows.map((workflow) => (
          <li key={workflow.id}>
            <WorkflowRow workflow={workflow} run={runs[workflow.id]} onStop={onStop} />
          </li>
        ))}
      </ul>
    </section>
  );
}

interface WorkflowRowProps {
  readonly workflow: ActiveWorkflow;
  readonly run: RunView | undefined;
  readonly onStop: (runId: string) => void;
}

function WorkflowRow({ workflow, run, onStop }: WorkflowRowProps) {
  const texts = useTexts();
  const words = runWords(workflow.status, texts);
  const agents = Object.values(run?.workflow?.agents ?? {});
  return (
    <details>
      <summary className="flex min-h-9 cursor-pointer items-center gap-2 rounded-lg px-3 py-1.5 text-[13px]">
        <StatusIcon tone={words.tone} size={14} />
        <span className="min-w-0 flex-1 truncate font-medium text-ink">{workflow.title}</span>
        <span className="text-xs text-ink-3 tabular-nums">
          <bdi>{workflow.progress === undefined ? words.label : `${workflow.progress} %`}</bdi>
        </span>
      </summary>
      <div className="flex flex-col gap-1.5 px-3 pb-2 text-xs text-ink-2">
        {workflow.progress !== undefined && (
          <ProgressBar
            isThin
            percent={workflow.progress}
            tone={words.tone}
            label={texts.progressOfRun}
          />
        )}
        {run?.workflow?.currentAgent && <p>{texts.currently(run.workflow.currentAgent)}</p>}
        {agents.map((agent) => (
          <p key={agent.name} className="flex items-center gap-1.5">
            <StatusIcon tone={agentWords(agent.status, texts).tone} size={12} />
            {agent.title ?? agent.name}
            <span className="text-ink-3">{agentWords(agent.status, texts).label}</span>
          </p>
        ))}
        <button
          type="button"
          onClick={() => onStop(workflow.id)}
          className="button-quiet h-7 self-start px-2 text-xs"
        >
          {texts.stop}
        </button>
      </div>
    </details>
  );
}
