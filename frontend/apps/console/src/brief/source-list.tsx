import { CornerLeftUp } from "lucide-react";
import type { BriefSource } from "./brief-schema";
import { BriefSection } from "./brief-section";
import { formatDay } from "./format";
import { sourceNumber } from "./source-number";

export interface SourceListProps {
  readonly sources: readonly BriefSource[];
  /** The source that somebody jumped to. */
  readonly target: string | undefined;
  readonly onBack: () => void;
}

export function SourceList({ sources, target, onBack }: SourceListProps) {
  if (sources.length === 0) return null;
  return (
    <BriefSection id="sources" title="Sources" count={sources.length}>
      <ol className="divide-y divide-line border-y border-line text-[13px] leading-5">
        {sources.map((source) => (
          <li
            key={source.id}
            id={`source-${source.id}`}
            tabIndex={-1}
            className={`grid grid-cols-[2.25rem_1fr] px-1 py-2 outline-offset-0 transition-colors ${source.id === target ? "bg-wait-soft" : ""}`}
          >
            <span className="text-xs leading-5 text-ink-3 tabular-nums">
              {sourceNumber(source.id)}
            </span>
            <div className="min-w-0">
              <p className="flex flex-wrap items-baseline gap-x-2">
                <span className="font-medium text-ink">{source.label}</span>
                <span className="text-xs text-ink-3">
                  {[source.module, source.field, formatDay(source.at)].filter(Boolean).join(" · ")}
                </span>
                {source.id === target && (
                  <button
                    type="button"
                    onClick={onBack}
                    className="button-quiet ms-auto h-6 px-1.5 text-xs"
                  >
                    <CornerLeftUp aria-hidden size={12} />
                    Back to the text
                  </button>
                )}
              </p>
              {source.excerpt !== "" && <p className="break-words text-ink-2">{source.excerpt}</p>}
            </div>
          </li>
        ))}
      </ol>
    </BriefSection>
  );
}
