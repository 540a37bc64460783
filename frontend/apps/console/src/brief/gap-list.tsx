import type { Brief } from "./brief-schema";
import { BriefSection } from "./brief-section";

export interface GapListProps {
  readonly gaps: NonNullable<Brief["gaps"]>;
}

/** What nobody knows; said, so that silence is not mistaken for good news. */
export function GapList({ gaps }: GapListProps) {
  return (
    <BriefSection id="gaps" title="Data gaps" count={gaps.length}>
      <ul className="list-disc ps-5 text-[13px] leading-6 text-ink-2 marker:text-line-strong">
        {gaps.map((gap) => (
          <li key={gap.text}>{gap.text}</li>
        ))}
      </ul>
    </BriefSection>
  );
}
