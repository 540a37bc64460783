import { CirclePause } from "lucide-react";
import { useState } from "react";
import type { Interrupt } from "../client/interrupts";
import { useTexts } from "../hooks/texts";
import { useNow } from "../hooks/use-now";
import { changesIn } from "../state/diff";
import { questionOf, type Reply } from "../state/question";
import { AnswerForm } from "./answer-form";
import { ApprovalAnswer } from "./approval-answer";
import { ChangeTable } from "./change-table";

export interface ApprovalCardProps {
  readonly interrupt: Pick<Interrupt, "message" | "details" | "expiresAt" | "responseSchema">;
  readonly onAnswer: (answer: Reply) => unknown;
}

/** An agent cannot go on without a person: what it asks, what would change, and how it is answered. */
export function ApprovalCard({ interrupt, onAnswer }: ApprovalCardProps) {
  const texts = useTexts();
  const [isSending, setIsSending] = useState(false);
  const until = interrupt.expiresAt === undefined ? undefined : Date.parse(interrupt.expiresAt);
  const now = useNow(until !== undefined);
  const isExpired = until !== undefined && until < now;
  const question = questionOf(interrupt);
  const answer = async (given: Reply) => {
    setIsSending(true);
    await onAnswer(given);
    setIsSending(false);
  };
  const parts = { isSending, isExpired, onAnswer: answer };
  return (
    <section
      data-testid="approval"
      aria-label={texts.question}
      className="my-3 rounded-lg border border-wait/40 bg-wait-soft p-4 text-[13px] leading-5"
    >
      <p className="flex gap-2 font-medium text-ink">
        <CirclePause aria-hidden size={16} className="mt-0.5 shrink-0 text-wait" />
        <bdi>{interrupt.message || texts.needsAnswer}</bdi>
      </p>
      <ChangeTable changes={changesIn(interrupt.details)} />
      {until !== undefined && (
        <p className="mt-2 text-xs text-ink-2">
          {isExpired ? texts.expired : texts.waitsUntil(new Date(until).toLocaleString())}
        </p>
      )}
      {question.kind === "approval" ? (
        <ApprovalAnswer {...question} {...parts} />
      ) : (
        <AnswerForm schema={question.schema} {...parts} />
      )}
    </section>
  );
}
