import type { Tone } from "@sergas/react";
import type { Brief } from "./brief-schema";
import { BriefSection } from "./brief-section";
import { Chip } from "./chip";
import { formatDay, humanize } from "./format";
import { StatementText } from "./statement-text";

export interface AdviceListProps {
  readonly advice: NonNullable<Brief["advice"]>;
}

const TONES: Readonly<Record<string, Tone>> = { accepted: "ok", declined: "off", open: "wait" };

/** What was advised before, and what became of it. */
export function AdviceList({ advice }: AdviceListProps) {
  return (
    <BriefSection id="advice" title="Earlier advice" count={advice.length}>
      <ul className="divide-y divide-line border-y border-line">
        {advice.map((item) => (
          <li key={`${item.at}${item.text}`} className="py-2 text-[13px] leading-5">
            <p>
              <StatementText text={item.text} evidence={item.evidence} />
            </p>
            <p className="mt-0.5 flex flex-wrap items-center gap-2 text-xs text-ink-3">
              <Chip tone={TONES[item.decision] ?? "off"} label={humanize(item.decision)} />
              {[formatDay(item.at), item.reason, item.outcome].filter(Boolean).join(" · ")}
            </p>
          </li>
        ))}
      </ul>
    </BriefSection>
  );
}
