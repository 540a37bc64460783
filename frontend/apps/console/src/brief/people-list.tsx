import type { Tone } from "@sergas/react";
import type { Brief } from "./brief-schema";
import { BriefSection } from "./brief-section";
import { Chip } from "./chip";
import { EvidenceMarks } from "./evidence-marks";
import { formatDay, humanize } from "./format";

export interface PeopleListProps {
  readonly people: NonNullable<Brief["people"]>;
}

const TONES: Readonly<Record<"active" | "quiet" | "left", Tone>> = {
  active: "ok",
  quiet: "wait",
  left: "bad",
};

export function PeopleList({ people }: PeopleListProps) {
  return (
    <BriefSection id="people" title="People" count={people.length}>
      <ul className="divide-y divide-line border-y border-line">
        {people.map((person) => (
          <li
            key={person.name}
            className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-2 text-[13px] leading-5"
          >
            <span className="min-w-40 font-medium">
              {person.name}
              {"\u00a0"}
              <EvidenceMarks ids={person.evidence} />
            </span>
            <span className="min-w-0 flex-1 text-ink-2">
              {[person.title, person.role === "unknown" ? "" : humanize(person.role)]
                .filter(Boolean)
                .join(" · ")}
            </span>
            <span className="text-xs text-ink-3">
              {person.lastContact
                ? `last contact ${formatDay(person.lastContact)}`
                : "no contact on record"}
            </span>
            <Chip tone={TONES[person.status]} label={humanize(person.status)} />
          </li>
        ))}
      </ul>
    </BriefSection>
  );
}
