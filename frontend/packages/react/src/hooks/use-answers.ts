import { useState } from "react";
import type { Interrupt, InterruptAnswer } from "../client/interrupts";
import type { Reply } from "../state/question";

export interface Answers {
  /** What has no answer yet. */
  readonly open: readonly Interrupt[];
  answer(interruptId: string, answer: Reply): Promise<void>;
}

/** Collects the answers to a run's questions; they go out together, because the server takes no half. */
export function useAnswers(
  interrupts: readonly Interrupt[],
  send: (answers: readonly InterruptAnswer[]) => Promise<boolean>,
): Answers {
  const [given, setGiven] = useState<readonly InterruptAnswer[]>([]);
  return {
    open: interrupts.filter(({ id }) => !given.some((one) => one.interruptId === id)),
    async answer(interruptId, answer) {
      const answers = [...given, { interruptId, ...answer }];
      setGiven(answers);
      if (answers.length < interrupts.length) return;
      // Refused: the fault is told, and the questions can be answered once more.
      if (!(await send(answers))) setGiven([]);
    },
  };
}
