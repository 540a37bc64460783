import { useId, useState } from "react";
import { isJsonObject, type JsonObject, parseJson } from "../client/json";
import { useTexts } from "../hooks/texts";
import type { Reply } from "../state/question";

export interface ApprovalAnswerProps {
  readonly hasReason: boolean;
  /** What the tool would get, where a person may change it. */
  readonly editable: JsonObject | undefined;
  readonly isSending: boolean;
  readonly isExpired: boolean;
  readonly onAnswer: (answer: Reply) => unknown;
}

/** Yes, yes to something else, or no; and why. */
export function ApprovalAnswer(props: ApprovalAnswerProps) {
  const { hasReason, editable, isSending, isExpired, onAnswer } = props;
  const texts = useTexts();
  const id = useId();
  const [reason, setReason] = useState("");
  const [edited, setEdited] = useState<string>();
  const editedArgs = edited === undefined ? undefined : parseJson(edited);
  const isWrong = edited !== undefined && !isJsonObject(editedArgs);
  const answer = (approved: boolean) => {
    // Too late for a yes or a no: the server takes only that there is no answer.
    if (isExpired) return onAnswer({ status: "cancelled" });
    const why = reason.trim() === "" ? {} : { reason: reason.trim() };
    const changed = approved && editedArgs !== undefined ? { editedArgs } : {};
    return onAnswer({ status: "resolved", payload: { approved, ...changed, ...why } });
  };
  return (
    <>
      {edited !== undefined && (
        <label className="mt-3 block text-xs text-ink-2">
          {texts.editedArguments}
          <textarea
            rows={Math.min(12, edited.split("\n").length + 1)}
            value={edited}
            aria-invalid={isWrong}
            aria-describedby={isWrong ? `${id}-wrong` : undefined}
            onChange={(event) => setEdited(event.target.value)}
            className="answer-field font-mono"
            dir="ltr"
          />
        </label>
      )}
      {isWrong && (
        <p id={`${id}-wrong`} role="alert" className="mt-1 text-xs text-bad">
          {texts.noJsonObject}
        </p>
      )}
      {hasReason && (
        <label className="mt-3 block text-xs text-ink-2">
          {texts.note}
          <textarea
            rows={2}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
            className="answer-field"
          />
        </label>
      )}
      <div className="mt-2 flex gap-2">
        <button
          type="button"
          disabled={isSending || isExpired || isWrong}
          onClick={() => answer(true)}
          className="button-primary h-8 px-3"
        >
          {texts.approve}
        </button>
        {editable !== undefined && edited === undefined && (
          <button
            type="button"
            disabled={isSending || isExpired}
            onClick={() => setEdited(JSON.stringify(editable, null, 2))}
            className="button h-8 px-3"
          >
            {texts.edit}
          </button>
        )}
        <button
          type="button"
          disabled={isSending}
          onClick={() => answer(false)}
          className="button h-8 px-3"
        >
          {texts.decline}
        </button>
      </div>
    </>
  );
}
