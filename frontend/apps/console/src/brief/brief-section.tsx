import type { ReactNode } from "react";

export interface BriefSectionProps {
  readonly id: string;
  readonly title: string;
  readonly count?: number;
  readonly children: ReactNode;
}

export function BriefSection({ id, title, count, children }: BriefSectionProps) {
  return (
    <section id={`brief-${id}`} aria-labelledby={`brief-${id}-title`} className="mt-8 scroll-mt-14">
      <h3
        id={`brief-${id}-title`}
        className="mb-2 flex items-baseline gap-2 text-sm font-semibold text-ink"
      >
        {title}
        {count !== undefined && (
          <span className="text-xs font-normal text-ink-3 tabular-nums">{count}</span>
        )}
      </h3>
      {children}
    </section>
  );
}
