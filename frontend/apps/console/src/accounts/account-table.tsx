import { TONE_TEXT } from "@sergas/react";
import { Link, useLocation } from "wouter";
import { BANDS } from "../brief/bands";
import { formatDay, formatMoney } from "../brief/format";
import { hrefOfScreen } from "../routing/screens";
import type { AccountRow } from "./accounts-api";

export interface AccountTableProps {
  readonly rows: readonly AccountRow[];
}

export function AccountTable({ rows }: AccountTableProps) {
  return (
    <div className="min-h-0 flex-1 overflow-auto" data-testid="account-table">
      <table className="data-table">
        <thead>
          <tr>
            <th scope="col" className="w-24">
              Attention
            </th>
            <th scope="col">Account</th>
            <th scope="col" className="w-2/5 max-md:hidden">
              Strongest reason
            </th>
            <th scope="col" className="w-44 max-lg:hidden">
              Next date
            </th>
            <th scope="col" className="w-28 text-end max-lg:hidden">
              Contract
            </th>
            <th scope="col" className="w-32 max-xl:hidden">
              Owner
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <AccountLine key={row.id} row={row} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function AccountLine({ row }: { readonly row: AccountRow }) {
  const [, navigate] = useLocation();
  const band = BANDS[row.band];
  const href = hrefOfScreen("accounts", row.number);
  return (
    <tr data-testid="account-row" onClick={() => navigate(href)}>
      <td>
        <Score row={row} />
        <span className={`text-[11px] font-medium ${TONE_TEXT[band.tone]}`}>{band.label}</span>
      </td>
      <th scope="row">
        <Link
          href={href}
          onClick={(event) => event.stopPropagation()}
          className="font-medium text-ink hover:underline"
        >
          {row.name}
        </Link>
        <span className="block text-xs font-normal text-ink-3 md:whitespace-nowrap">
          {[row.number, row.industry, row.city].filter(Boolean).join(" · ")}
        </span>
        <span className="mt-1 line-clamp-2 text-xs font-normal text-ink-2 md:hidden">
          {row.reason}
        </span>
      </th>
      <td className="max-md:hidden">
        <span className="line-clamp-2 text-ink-2">{row.reason}</span>
      </td>
      <td className="max-lg:hidden">
        {row.next ? (
          <>
            <span className="tabular-nums">{formatDay(row.next.date)}</span>
            <span className="line-clamp-1 text-xs text-ink-3">{row.next.what}</span>
          </>
        ) : (
          <span className="text-ink-3">none</span>
        )}
      </td>
      <td className="text-end tabular-nums max-lg:hidden">
        {formatMoney(row.contractValue, row.currency) || <span className="text-ink-3">–</span>}
      </td>
      <td className="text-ink-2 max-xl:hidden">{row.owner}</td>
    </tr>
  );
}

/** The score, and how much of the data was there to make it. */
function Score({ row }: { readonly row: AccountRow }) {
  const percent = Math.round(row.coverage * 100);
  const note = `${percent} % of the data was there${row.provisional ? ", provisional" : ""}`;
  return (
    <span className="flex items-baseline gap-1.5" title={note}>
      <span className="text-base leading-5 font-semibold tabular-nums">{row.score}</span>
      <span className={`text-[11px] tabular-nums ${row.provisional ? "text-wait" : "text-ink-3"}`}>
        {percent}&nbsp;%<span className="sr-only"> of the data was there</span>
      </span>
    </span>
  );
}
