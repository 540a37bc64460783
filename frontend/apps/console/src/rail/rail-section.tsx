import type { ReactNode } from "react";

export interface RailSectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function RailSection({ title, children }: RailSectionProps) {
  return (
    <section aria-label={title}>
      <h2 className="px-2 pb-1 text-xs font-medium text-ink-3">{title}</h2>
      {children}
    </section>
  );
}

export interface RailNoteProps {
  readonly children: ReactNode;
}

export function RailNote({ children }: RailNoteProps) {
  return <p className="px-2 py-1 text-xs leading-5 text-ink-3">{children}</p>;
}

export function RailSkeleton() {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col gap-1.5 px-2 py-1">
      <div className="skeleton h-5 w-4/5" />
      <div className="skeleton h-5 w-3/5" />
      <div className="skeleton h-5 w-2/3" />
    </div>
  );
}
