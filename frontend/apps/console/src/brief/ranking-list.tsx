import { AccountChoices } from "./account-choices";
import { BANDS } from "./bands";
import type { Ranking } from "./use-brief";

export interface RankingListProps {
  readonly ranking: Ranking;
}

/** Nobody named an account, so the ones that need attention most are offered. */
export function RankingList({ ranking }: RankingListProps) {
  return (
    <AccountChoices
      testId="ranking"
      title="Accounts that need attention most"
      text="Scored from their CRM records alone. Pick one for a whole brief."
      choices={ranking.map(({ id, number, name, score, band, text }) => ({
        id,
        number,
        name,
        // The name stands above the sentence already.
        detail: text.replace(`${name}: `, ""),
        score: { value: score, ...BANDS[band] },
      }))}
    />
  );
}
