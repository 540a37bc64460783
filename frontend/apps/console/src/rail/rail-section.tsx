import type { ReactNode } from "react";

export interface RailSectionProps {
  readonly title: string;
  /** The server does not answer, so this is what it said last. */
  readonly isStale?: boolean;
  readonly action?: ReactNode;
  /** How the section shares the height of the rail. */
  readonly className: string;
  readonly children: ReactNode;
}

/** A list of its own in the rail: its title stays, its items scroll. */
export function RailSection({ title, isStale, action, className, children }: RailSectionProps) {
  return (
    <section aria-label={title} className={`flex min-h-0 flex-col ${className}`}>
      <div className="flex h-7 shrink-0 items-center gap-2 px-2">
        <h2 className="text-xs font-medium text-ink-3">{title}</h2>
        {isStale && (
          <span
            role="status"
            className="rounded bg-sunken px-1.5 text-[11px] leading-4 text-ink-2"
            title="The server does not answer; this is what it said last."
          >
            last known
          </span>
        )}
        <span className="ms-auto">{action}</span>
      </div>
      <div
        className={`-mx-1 min-h-0 overflow-y-auto px-1 pb-1 ${isStale ? "saturate-50 [&_*]:text-ink-3" : ""}`}
      >
        {children}
      </div>
    </section>
  );
}

export interface RailNoteProps {
  readonly children: ReactNode;
}

export function RailNote({ children }: RailNoteProps) {
  return <p className="px-2 py-1 text-xs leading-5 text-ink-3">{children}</p>;
}

export interface RailMoreProps {
  readonly label: string;
  readonly isLoading: boolean;
  readonly onMore: () => void;
}

export function RailMore({ label, isLoading, onMore }: RailMoreProps) {
  return (
    <button
      type="button"
      disabled={isLoading}
      onClick={onMore}
      className="h-8 w-full rounded-md px-2 text-start text-xs text-ink-3 hover:bg-hover hover:text-ink"
    >
      {isLoading ? "Reading" : label}
    </button>
  );
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
