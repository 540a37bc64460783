import { Calculator } from "lucide-react";
import type { Brief } from "./brief-schema";
import { formatDay, formatMoney } from "./format";
import { StatementText } from "./statement-text";

export interface BriefHeaderProps {
  readonly brief: Brief;
  readonly isGrowing: boolean;
}

export function BriefHeader({ brief, isGrowing }: BriefHeaderProps) {
  const { account, headline, method, methodNote } = brief;
  const place = [account?.city, account?.country].filter(Boolean).join(", ");
  const facts = [
    account?.number,
    account?.industry,
    place,
    account?.owner ? `Owner ${account.owner}` : "",
    account ? formatMoney(account.contractValue, account.currency) : "",
    account?.renewalDate ? `Renewal ${formatDay(account.renewalDate)}` : "",
  ].filter(Boolean);
  return (
    <header>
      <h2 className="text-[13px] font-semibold text-ink-2">{account?.name ?? "Account"}</h2>
      <p className="mt-0.5 text-xs leading-5 text-ink-3">{facts.join(" · ")}</p>
      {headline !== undefined ? (
        <p
          data-testid="brief-headline"
          className="mt-4 text-xl leading-7 font-semibold tracking-tight text-pretty text-ink"
        >
          <StatementText {...headline} />
        </p>
      ) : (
        isGrowing && (
          <div
            role="status"
            aria-label="The headline is being written"
            className="mt-4 flex flex-col gap-2"
          >
            <div className="skeleton h-6 w-11/12" />
            <div className="skeleton h-6 w-2/3" />
          </div>
        )
      )}
      {method === "rules" && (
        <p
          title={methodNote ?? undefined}
          className="mt-3 inline-flex items-center gap-1.5 rounded-full bg-sunken px-2.5 py-1 text-xs font-medium text-ink-2"
        >
          <Calculator aria-hidden size={13} />
          Computed by rules, not by a model
        </p>
      )}
    </header>
  );
}
