/** The first three things to try; they work on the sample data. */
export interface Suggestion {
  readonly title: string;
  readonly message: string;
  readonly hint: string;
}

export const SUGGESTIONS: readonly Suggestion[] = [
  {
    title: "Analyze account ACC-001",
    message: "Analyze account ACC-001",
    hint: "A renewal at risk: the champion has left and a promise of ours is late.",
  },
  {
    title: "Analyze account ACC-004",
    message: "Analyze account ACC-004",
    hint: "A large deal that is stuck in negotiation, past its closing date.",
  },
  {
    title: "Analyze account ACC-999",
    message: "Analyze account ACC-999",
    hint: "An account that does not exist: see the close matches.",
  },
];

export function hintFor(title: unknown): string | undefined {
  return SUGGESTIONS.find((suggestion) => suggestion.title === title)?.hint;
}
