import type { ReactNode } from "react";
import { Logo } from "./logo";

export interface CardPageProps {
  readonly title: string;
  readonly children: ReactNode;
}

/** One card in the middle of an empty page. */
export function CardPage({ title, children }: CardPageProps) {
  return (
    <main className="grid min-h-full place-items-center p-6">
      <title>{`${title} · Sergas`}</title>
      <div className="w-full max-w-sm rounded-xl border border-line bg-surface p-6 shadow-pop">
        <div className="mb-4 flex items-center gap-2.5">
          <Logo size={24} />
          <h1 className="text-[15px] font-semibold">{title}</h1>
        </div>
        {children}
      </div>
    </main>
  );
}
