import { SEVERITY_TONES } from "./bands";
import type { Brief } from "./brief-schema";
import { BriefSection } from "./brief-section";
import { Chip } from "./chip";
import { humanize } from "./format";
import { StatementText } from "./statement-text";

export interface FlagListProps {
  readonly flags: NonNullable<Brief["flags"]>;
}

export function FlagList({ flags }: FlagListProps) {
  return (
    <BriefSection id="flags" title="Flags" count={flags.length}>
      <ul className="divide-y divide-line border-y border-line">
        {flags.map((flag) => (
          <li
            key={flag.key}
            className="grid grid-cols-[4.5rem_1fr] gap-2 py-2 text-[13px] leading-5"
          >
            <span>
              <Chip tone={SEVERITY_TONES[flag.severity]} label={humanize(flag.severity)} />
            </span>
            <p>
              <StatementText text={flag.text} evidence={flag.evidence} />
            </p>
          </li>
        ))}
      </ul>
    </BriefSection>
  );
}
