import { useId } from "react";
import { useTexts } from "../hooks/texts";
import type { Field } from "../state/answer-form";

export interface AnswerFieldProps {
  readonly field: Field;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One field of an answer: a choice, a mark, a number, a text, or JSON. */
export function AnswerField({ field, value, onChange }: AnswerFieldProps) {
  const texts = useTexts();
  const id = useId();
  const { label, hint, isRequired, kind } = field;
  const name = label === "" ? texts.yourAnswer : label;
  if (kind === "flag") {
    return (
      <label className="mt-3 flex items-center gap-2 text-xs text-ink-2">
        <input
          type="checkbox"
          checked={value === "true"}
          onChange={(event) => onChange(String(event.target.checked))}
        />
        <bdi>{name}</bdi>
        {hint !== undefined && <span className="text-ink-3">{hint}</span>}
      </label>
    );
  }
  return (
    <div className="mt-3 text-xs">
      <label htmlFor={id} className="block text-ink-2">
        <bdi>{isRequired ? name : texts.optional(name)}</bdi>
      </label>
      {hint !== undefined && <p className="text-ink-3">{hint}</p>}
      <Control id={id} field={field} value={value} onChange={onChange} />
    </div>
  );
}

interface ControlProps extends AnswerFieldProps {
  readonly id: string;
}

function Control({ id, field, value, onChange }: ControlProps) {
  const texts = useTexts();
  const { kind, choices, isRequired } = field;
  if (kind === "choice") {
    return (
      <select
        id={id}
        value={value}
        required={isRequired}
        onChange={(event) => onChange(event.target.value)}
        className="answer-field"
      >
        <option value="">{texts.choose}</option>
        {choices.map((choice, place) => {
          const text = typeof choice === "string" ? choice : JSON.stringify(choice);
          return (
            <option key={text} value={place}>
              {text}
            </option>
          );
        })}
      </select>
    );
  }
  if (kind === "number") {
    return (
      <input
        id={id}
        type="number"
        step="any"
        value={value}
        required={isRequired}
        onChange={(event) => onChange(event.target.value)}
        className="answer-field"
      />
    );
  }
  return (
    <textarea
      id={id}
      rows={kind === "json" ? 4 : 2}
      value={value}
      required={isRequired}
      onChange={(event) => onChange(event.target.value)}
      className={`answer-field ${kind === "json" ? "font-mono" : ""}`}
    />
  );
}
