import { useMemo, useState } from "react";
import type { JsonObject } from "../client/json";
import { useTexts } from "../hooks/texts";
import { fieldsOf, payloadOf, type Typed } from "../state/answer-form";
import type { Reply } from "../state/question";
import { AnswerField } from "./answer-field";

export interface AnswerFormProps {
  readonly schema: JsonObject;
  readonly isSending: boolean;
  readonly isExpired: boolean;
  readonly onAnswer: (answer: Reply) => unknown;
}

/** A form after the schema of the answer; it can be sent once it is complete. */
export function AnswerForm({ schema, isSending, isExpired, onAnswer }: AnswerFormProps) {
  const texts = useTexts();
  const fields = useMemo(() => fieldsOf(schema), [schema]);
  const [typed, setTyped] = useState<Typed>({});
  const payload = payloadOf(fields, typed);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (payload !== undefined) onAnswer({ status: "resolved", payload });
      }}
    >
      {fields.map((field) => (
        <AnswerField
          key={field.name}
          field={field}
          value={typed[field.name] ?? ""}
          onChange={(value) => setTyped({ ...typed, [field.name]: value })}
        />
      ))}
      <div className="mt-3 flex gap-2">
        <button
          type="submit"
          disabled={isSending || isExpired || payload === undefined}
          className="button-primary h-8 px-3"
        >
          {texts.answer}
        </button>
        <button
          type="button"
          disabled={isSending}
          onClick={() => onAnswer({ status: "cancelled" })}
          className="button h-8 px-3"
        >
          {texts.noAnswer}
        </button>
      </div>
    </form>
  );
}
