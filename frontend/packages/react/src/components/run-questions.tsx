import { useState } from "react";
import type { InterruptAnswer } from "../client/interrupts";
import { withArguments } from "../state/question";
import type { RunView } from "../state/run-view";
import { ApprovalCard, type Decision } from "./approval-card";

export interface RunQuestionsProps {
  readonly run: RunView;
  readonly onAnswer: (answers: readonly InterruptAnswer[]) => Promise<boolean>;
}

/** What the run waits for; the answers go out together, because the server takes no half. */
export function RunQuestions({ run, onAnswer }: RunQuestionsProps) {
  const [given, setGiven] = useState<readonly InterruptAnswer[]>([]);
  if (run.status !== "interrupted") return null;
  const open = run.interrupts.filter(({ id }) => !given.some((one) => one.interruptId === id));
  const answer = async (interruptId: string, decision: Decision) => {
    const answers = [
      ...given,
      { interruptId, status: "resolved", payload: { ...decision } } as const,
    ];
    setGiven(answers);
    if (answers.length < run.interrupts.length) return;
    const isTaken = await onAnswer(answers);
    if (!isTaken) setGiven([]);
  };
  return open.map((interrupt) => (
    <ApprovalCard
      key={interrupt.id}
      interrupt={withArguments(interrupt, run.tools)}
      onAnswer={(decision) => answer(interrupt.id, decision)}
    />
  ));
}
