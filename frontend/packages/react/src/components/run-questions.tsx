import type { InterruptAnswer } from "../client/interrupts";
import { useAnswers } from "../hooks/use-answers";
import { withArguments } from "../state/question";
import type { RunView } from "../state/run-view";
import { ApprovalCard } from "./approval-card";

export interface RunQuestionsProps {
  readonly run: RunView;
  readonly onAnswer: (answers: readonly InterruptAnswer[]) => Promise<boolean>;
}

/** What the run waits for. */
export function RunQuestions({ run, onAnswer }: RunQuestionsProps) {
  const { open, answer } = useAnswers(run.interrupts, onAnswer);
  if (run.status !== "interrupted") return null;
  return open.map((interrupt) => (
    <ApprovalCard
      key={interrupt.id}
      interrupt={withArguments(interrupt, run.tools)}
      onAnswer={(given) => answer(interrupt.id, given)}
    />
  ));
}
