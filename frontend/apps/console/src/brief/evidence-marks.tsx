import { useEvidence } from "./evidence-context";
import { POPOVER_ID } from "./source-popover";

export interface EvidenceMarksProps {
  readonly ids: readonly string[];
}

/** The numbers behind a statement: point at one to read the record, press it to go there. */
export function EvidenceMarks({ ids }: EvidenceMarksProps) {
  const evidence = useEvidence();
  return (
    <span className="inline-flex gap-0.5 align-[1px] whitespace-nowrap">
      {ids.map((id) => {
        const number = evidence.numberOf(id);
        if (number === undefined) return null;
        return (
          <button
            key={id}
            type="button"
            data-testid="evidence-mark"
            data-source={id}
            aria-label={`Source ${number}`}
            aria-describedby={POPOVER_ID}
            onMouseEnter={(event) => evidence.show(id, event.currentTarget)}
            onMouseLeave={evidence.hide}
            onFocus={(event) => evidence.show(id, event.currentTarget)}
            onBlur={evidence.hide}
            onClick={(event) => evidence.jump(id, event.currentTarget)}
            className="inline-flex h-[15px] min-w-[15px] items-center justify-center rounded-[3px] bg-sunken px-[3px] text-[10px] leading-none font-medium text-ink-2 tabular-nums hover:bg-ink hover:text-surface"
          >
            {number}
          </button>
        );
      })}
    </span>
  );
}
