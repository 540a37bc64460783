import type { Brief } from "./brief-schema";
import { StatementText } from "./statement-text";

export interface AttentionFactorsProps {
  readonly factors: NonNullable<NonNullable<Brief["attention"]>["factors"]>;
}

/** The arithmetic behind the score. */
export function AttentionFactors({ factors }: AttentionFactorsProps) {
  return (
    <details className="border-t border-line text-[13px]">
      <summary className="flex h-9 cursor-pointer items-center px-4 text-ink-2 hover:text-ink">
        How the score is made
      </summary>
      <table className="mb-2 w-full text-start">
        <tbody>
          {factors.map((factor) => (
            <tr key={factor.key} className="align-top">
              <th scope="row" className="w-32 py-1.5 pe-3 ps-4 font-medium text-ink">
                {factor.label}
              </th>
              <td className="w-24 py-1.5 pe-3 whitespace-nowrap text-ink-2 tabular-nums">
                {factor.points} of {factor.max}
              </td>
              <td className="py-1.5 pe-4 leading-5 text-ink-2">
                <StatementText text={factor.reason} evidence={factor.evidence} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
