import type { Brief } from "./brief-schema";

export interface BriefNavProps {
  readonly brief: Brief;
}

/** The parts of the brief that are there, one press away. */
export function BriefNav({ brief }: BriefNavProps) {
  const parts = [
    { id: "actions", title: "Next actions", count: brief.actions?.length },
    { id: "flags", title: "Flags", count: brief.flags?.length },
    { id: "changes", title: "Changes", count: brief.changes?.length },
    { id: "people", title: "People", count: brief.people?.length },
    { id: "deals", title: "Deals", count: brief.deals?.length },
    { id: "commitments", title: "Commitments", count: brief.commitments?.length },
    { id: "gaps", title: "Gaps", count: brief.gaps?.length },
    { id: "sources", title: "Sources", count: brief.sources?.length },
  ].filter(({ count }) => count !== undefined && count > 0);
  if (parts.length === 0) return null;
  return (
    <nav
      aria-label="Parts of the brief"
      className="sticky top-0 z-10 flex gap-1 overflow-x-auto border-b border-line bg-surface px-4 py-1.5 sm:px-7"
    >
      {parts.map(({ id, title, count }) => (
        <button
          key={id}
          type="button"
          onClick={() => document.getElementById(`brief-${id}`)?.scrollIntoView()}
          className="button-quiet h-7 shrink-0 px-2 text-xs"
        >
          {title}
          <span className="text-ink-3 tabular-nums">{count}</span>
        </button>
      ))}
    </nav>
  );
}
