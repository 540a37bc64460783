import { CirclePause } from "lucide-react";
import { useId, useState } from "react";
import type { Interrupt } from "../client/interrupts";
import { useTexts } from "../hooks/texts";
import { useNow } from "../hooks/use-now";
import { changesIn } from "../state/diff";
import { ChangeTable } from "./change-table";

export interface Decision {
  readonly approved: boolean;
  readonly note?: string;
}

export interface ApprovalCardProps {
  readonly interrupt: Pick<Interrupt, "message" | "details" | "expiresAt">;
  readonly onAnswer: (decision: Decision) => unknown;
}

/** An agent cannot go on without a person: what it asks, what would change, and the two answers. */
export function ApprovalCard({ interrupt, onAnswer }: ApprovalCardProps) {
  const texts = useTexts();
  const noteId = useId();
  const [note, setNote] = useState("");
  const [isSending, setIsSending] = useState(false);
  const until = interrupt.expiresAt === undefined ? undefined : Date.parse(interrupt.expiresAt);
  const now = useNow(until !== undefined);
  const isExpired = until !== undefined && until < now;
  const answer = async (approved: boolean) => {
    const text = note.trim();
    setIsSending(true);
    await onAnswer(text === "" ? { approved } : { approved, note: text });
    setIsSending(false);
  };
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
      <label htmlFor={noteId} className="mt-3 block text-xs text-ink-2">
        {texts.note}
      </label>
      <textarea
        id={noteId}
        rows={2}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        className="mt-1 w-full rounded-md border border-line-strong bg-surface px-2.5 py-1.5"
      />
      <div className="mt-2 flex gap-2">
        <button
          type="button"
          disabled={isSending || isExpired}
          onClick={() => void answer(true)}
          className="button-primary h-8 px-3"
        >
          {texts.approve}
        </button>
        <button
          type="button"
          disabled={isSending}
          onClick={() => void answer(false)}
          className="button h-8 px-3"
        >
          {texts.decline}
        </button>
      </div>
    </section>
  );
}
