import type { ReactNode } from "react";

export interface PageHeaderProps {
  readonly title: string;
  /** A number or a few words beside the title. */
  readonly note?: ReactNode;
  /** What can be done on the screen. */
  readonly children?: ReactNode;
}

export function PageHeader({ title, note, children }: PageHeaderProps) {
  return (
    <header className="flex min-h-12 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5 sm:px-6">
      <h1 className="text-[15px] font-semibold tracking-tight">{title}</h1>
      {note !== undefined && <span className="text-xs text-ink-3 tabular-nums">{note}</span>}
      <span className="ms-auto flex items-center gap-2">{children}</span>
    </header>
  );
}
