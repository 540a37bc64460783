import { Columns2, X } from "lucide-react";

export interface CompareBarProps {
  readonly picked: readonly string[];
  readonly onCompare: (a: string, b: string) => void;
  readonly onClear: () => void;
}

/** Two runs side by side: says what is missing until there are two. */
export function CompareBar({ picked, onCompare, onClear }: CompareBarProps) {
  const [a, b] = picked;
  if (a === undefined) return null;
  return (
    <>
      <span role="status" className="text-xs text-ink-2">
        {b === undefined ? "Pick one more to compare" : "2 picked"}
      </span>
      <button
        type="button"
        disabled={b === undefined}
        onClick={() => b !== undefined && onCompare(a, b)}
        className="button-primary h-8 px-3"
      >
        <Columns2 aria-hidden size={14} />
        Compare
      </button>
      <button
        type="button"
        aria-label="Pick none"
        onClick={onClear}
        className="button-quiet size-8 justify-center p-0"
      >
        <X aria-hidden size={14} />
      </button>
    </>
  );
}
