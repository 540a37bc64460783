import type { Brief } from "./brief-schema";
import { BriefSection } from "./brief-section";
import { formatDay } from "./format";
import { StatementText } from "./statement-text";

export interface ChangeListProps {
  readonly changes: NonNullable<Brief["changes"]>;
}

export function ChangeList({ changes }: ChangeListProps) {
  return (
    <BriefSection id="changes" title="Changed since the last look" count={changes.length}>
      <ul className="flex flex-col gap-1.5 text-[13px] leading-5">
        {changes.map((change) => (
          <li key={`${change.at}${change.text}`} className="grid grid-cols-[5.5rem_1fr] gap-2">
            <time
              dateTime={change.at ?? undefined}
              className="text-xs leading-5 text-ink-3 tabular-nums"
            >
              {formatDay(change.at)}
            </time>
            <p>
              <StatementText text={change.text} evidence={change.evidence} />
            </p>
          </li>
        ))}
      </ul>
    </BriefSection>
  );
}
