import type { Brief } from "./brief-schema";
import { BriefSection } from "./brief-section";
import { EvidenceMarks } from "./evidence-marks";
import { formatDay, formatMoney } from "./format";

type Deals = NonNullable<Brief["deals"]>;

export interface DealTableProps {
  readonly deals: Deals;
}

export function DealTable({ deals }: DealTableProps) {
  return (
    <BriefSection id="deals" title="Deals" count={deals.length}>
      <div className="overflow-x-auto">
        <table className="w-full min-w-[32rem] border-y border-line text-start text-[13px] leading-5">
          <thead className="text-xs text-ink-3">
            <tr>
              <th scope="col" className="py-1.5 pe-3 font-medium">
                Deal
              </th>
              <th scope="col" className="py-1.5 pe-3 font-medium">
                Stage
              </th>
              <th scope="col" className="py-1.5 pe-3 text-end font-medium">
                Amount
              </th>
              <th scope="col" className="py-1.5 pe-3 font-medium">
                Closing
              </th>
              <th scope="col" className="py-1.5 text-end font-medium">
                Days in stage
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line border-t border-line">
            {deals.map((deal) => (
              <tr key={deal.name} className={deal.isOpen ? "" : "text-ink-3"}>
                <th scope="row" className="py-1.5 pe-3 font-medium">
                  {deal.name}
                  {"\u00a0"}
                  <EvidenceMarks ids={deal.evidence} />
                </th>
                <td className="py-1.5 pe-3">{deal.stage}</td>
                <td className="py-1.5 pe-3 text-end tabular-nums">
                  {formatMoney(deal.amount, deal.currency)}
                </td>
                <td className="py-1.5 pe-3 whitespace-nowrap tabular-nums">
                  {formatDay(deal.closingDate)}
                </td>
                <td className="py-1.5 text-end whitespace-nowrap tabular-nums">
                  <DaysInStage deal={deal} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </BriefSection>
  );
}

function DaysInStage({ deal }: { readonly deal: Deals[number] }) {
  const { daysInStage, usualDays, isOpen } = deal;
  if (daysInStage == null || !isOpen) return null;
  const isSlow = usualDays != null && daysInStage > usualDays;
  return (
    <span className={isSlow ? "font-medium text-wait" : ""}>
      {daysInStage}
      {usualDays != null && <span className="font-normal text-ink-3"> (usual {usualDays})</span>}
    </span>
  );
}
