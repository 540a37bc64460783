import type { Brief } from "./brief-schema";
import { BriefSection } from "./brief-section";
import { Chip } from "./chip";
import { formatDay } from "./format";
import { StatementText } from "./statement-text";

type Commitments = NonNullable<Brief["commitments"]>;

export interface CommitmentListsProps {
  readonly commitments: Commitments;
}

/** Who promised what: ours and theirs side by side. */
export function CommitmentLists({ commitments }: CommitmentListsProps) {
  const sides = [
    { title: "Ours", rows: commitments.filter(({ by }) => by === "us") },
    { title: "Theirs", rows: commitments.filter(({ by }) => by === "them") },
  ];
  return (
    <BriefSection id="commitments" title="Commitments" count={commitments.length}>
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        {sides.map(({ title, rows }) => (
          <section key={title} aria-label={title}>
            <h4 className="border-b border-line pb-1 text-xs font-medium text-ink-3">{title}</h4>
            {rows.length === 0 && <p className="py-2 text-[13px] text-ink-3">None on record.</p>}
            <ul className="divide-y divide-line">
              {rows.map((row) => (
                <li key={row.text} className="py-2 text-[13px] leading-5">
                  <p>
                    <StatementText text={row.text} evidence={row.evidence} />
                  </p>
                  <p className="mt-0.5 flex flex-wrap items-center gap-2 text-xs text-ink-3">
                    <State row={row} />
                    {[row.who, row.due ? `due ${formatDay(row.due)}` : ""]
                      .filter(Boolean)
                      .join(" · ")}
                  </p>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </BriefSection>
  );
}

function State({ row }: { readonly row: Commitments[number] }) {
  if (row.status === "kept") return <Chip tone="ok" label="Kept" />;
  if (row.status === "open") return <Chip tone="off" label="Open" />;
  const days = row.overdueDays ?? 0;
  return <Chip tone="bad" label={days > 0 ? `${days} days late` : "Late"} />;
}
