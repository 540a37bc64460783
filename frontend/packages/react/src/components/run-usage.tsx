import { useTexts } from "../hooks/texts";
import { thinkingWords, usageWords } from "../state/words";
import type { WorkflowStatus } from "../state/workflow-status";

export interface RunUsageProps {
  readonly workflow: WorkflowStatus;
}

/** What the agents think with, what that has used, and which limits it comes near. */
export function RunUsage({ workflow }: RunUsageProps) {
  const texts = useTexts();
  const { usage, warnings } = workflow;
  const facts = [
    thinkingWords(workflow, texts),
    usage === undefined ? "" : usageWords(usage, texts),
  ];
  return (
    <>
      <p data-testid="run-usage" className="text-xs leading-4 text-ink-3 tabular-nums">
        <bdi>{facts.filter((fact) => fact !== "").join(" · ")}</bdi>
      </p>
      {warnings.map(({ limit, message }) => (
        <p key={limit} data-testid="budget-warning" className="text-xs leading-4 text-wait">
          {texts.budgetNearlyUsed(message)}
        </p>
      ))}
    </>
  );
}
