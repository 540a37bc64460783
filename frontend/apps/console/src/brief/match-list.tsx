import { AccountChoices } from "./account-choices";
import type { Matches } from "./use-brief";

export interface MatchListProps {
  readonly matches: Matches;
}

/** No single account fits what was asked; these are close. */
export function MatchList({ matches }: MatchListProps) {
  return (
    <AccountChoices
      testId="matches"
      title={matches.length === 1 ? "Do you mean this account?" : "Which account do you mean?"}
      text={`None fits exactly. ${matches.length === 1 ? "Pick it" : "Pick one"} to analyze it.`}
      choices={matches.map(({ id, number, name, city }) => ({ id, number, name, detail: city }))}
    />
  );
}
