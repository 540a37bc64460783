import { CirclePause } from "lucide-react";
import { useId, useState } from "react";

export interface QuestionCardProps {
  readonly message: string;
  readonly onAnswer: (answer: { readonly approved: boolean; readonly note?: string }) => void;
}

/** An agent cannot go on without a person; the run waits as long as it takes. */
export function QuestionCard({ message, onAnswer }: QuestionCardProps) {
  const [note, setNote] = useState("");
  const noteId = useId();
  const answer = (approved: boolean) => {
    const text = note.trim();
    onAnswer(text === "" ? { approved } : { approved, note: text });
  };
  return (
    <section
      data-testid="question"
      aria-label="A question for you"
      className="my-3 rounded-lg border border-wait/40 bg-wait-soft p-4 text-[13px] leading-5"
    >
      <p className="flex gap-2 font-medium text-ink">
        <CirclePause aria-hidden size={16} className="mt-0.5 shrink-0 text-wait" />
        {message}
      </p>
      <label htmlFor={noteId} className="mt-3 block text-xs text-ink-2">
        Note to the agent (optional)
      </label>
      <textarea
        id={noteId}
        rows={2}
        value={note}
        onChange={(event) => setNote(event.target.value)}
        className="mt-1 w-full rounded-md border border-line-strong bg-surface px-2.5 py-1.5"
      />
      <div className="mt-2 flex gap-2">
        <button type="button" onClick={() => answer(true)} className="button-primary h-8 px-3">
          Approve
        </button>
        <button type="button" onClick={() => answer(false)} className="button h-8 px-3">
          Decline
        </button>
      </div>
    </section>
  );
}
