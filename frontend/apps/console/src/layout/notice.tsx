import type { ReactNode } from "react";

export interface NoticeProps {
  readonly title: string;
  readonly text: string;
  readonly role?: "status" | "alert";
  readonly children?: ReactNode;
}

/** A screen with nothing to show says why, and what to do. */
export function Notice({ title, text, role = "status", children }: NoticeProps) {
  return (
    <div role={role} data-testid="notice" className="mx-auto max-w-sm px-6 pt-[16vh] text-center">
      <p className="text-sm font-medium text-ink">{title}</p>
      <p className="mt-1 text-[13px] leading-5 text-ink-2">{text}</p>
      {children}
    </div>
  );
}
