import { useEnhancedAgent } from "@sergas/react";
import type { Matches } from "./use-brief";

export interface MatchListProps {
  readonly matches: Matches;
}

/** No account has that number; these are close. */
export function MatchList({ matches }: MatchListProps) {
  const { actions } = useEnhancedAgent();
  return (
    <section
      data-testid="matches"
      aria-label="Close matches"
      className="mx-auto max-w-md px-6 pt-16"
    >
      <h2 className="text-sm font-semibold">No account with that number</h2>
      <p className="mt-1 text-[13px] leading-5 text-ink-2">
        These are close. Pick one to analyze it.
      </p>
      <ul className="mt-4 divide-y divide-line rounded-lg border border-line">
        {matches.map((match) => (
          <li key={match.id}>
            <button
              type="button"
              onClick={() =>
                void actions.startWorkflow({ message: `Analyze account ${match.number}` })
              }
              className="flex h-11 w-full items-center gap-3 px-4 text-left text-[13px] hover:bg-hover"
            >
              <span className="font-medium">{match.name}</span>
              <span className="text-ink-3">{match.number}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
