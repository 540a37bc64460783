import { ChevronLeft } from "lucide-react";
import { Link } from "wouter";

export interface BackLinkProps {
  readonly href: string;
  readonly label: string;
}

/** From one thing to the list that it stands in. */
export function BackLink({ href, label }: BackLinkProps) {
  return (
    <Link href={href} className="inline-flex items-center gap-0.5 text-ink-2 hover:text-ink">
      <ChevronLeft aria-hidden size={13} className="rtl:rotate-180" />
      {label}
    </Link>
  );
}
