import type { Choice } from "./choice-bar";

export interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly Choice<string>[];
  readonly onPick: (value: string) => void;
}

export function SelectField({ label, value, choices, onPick }: SelectFieldProps) {
  return (
    <select
      aria-label={label}
      value={value}
      onChange={(event) => onPick(event.target.value)}
      className="h-7 max-w-48 rounded-md border border-line-strong bg-surface px-1.5 text-xs text-ink-2 max-lg:h-9"
    >
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </select>
  );
}
