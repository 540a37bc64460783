export interface Choice<T> {
  readonly value: T;
  readonly label: string;
  readonly count?: number;
}

export interface ChoiceBarProps<T> {
  readonly label: string;
  readonly current: T;
  readonly choices: readonly Choice<T>[];
  readonly onPick: (value: T) => void;
}

/** A few values of which one holds. */
export function ChoiceBar<T extends string | undefined>(props: ChoiceBarProps<T>) {
  const { label, current, choices, onPick } = props;
  return (
    <fieldset className="flex max-w-full items-center gap-0.5 overflow-x-auto" aria-label={label}>
      {choices.map(({ value, label: words, count }) => (
        <button
          key={value ?? ""}
          type="button"
          aria-pressed={value === current}
          onClick={() => onPick(value)}
          className={`inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2.5 text-xs font-medium max-lg:h-9 ${value === current ? "bg-sunken text-ink" : "text-ink-2 hover:bg-hover hover:text-ink"}`}
        >
          {words}
          {count !== undefined && (
            <span className="font-normal text-ink-3 tabular-nums">{count}</span>
          )}
        </button>
      ))}
    </fieldset>
  );
}
