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
    hint: "A customer who needs attention: flags, commitments, and what to do next.",
  },
  {
    title: "Analyze account ACC-004",
    message: "Analyze account ACC-004",
    hint: "Another customer, another story. Compare the two briefs.",
  },
  {
    title: "Analyze account ACC-999",
    message: "Analyze account ACC-999",
    hint: "An account that does not exist: see what the agents do then.",
  },
];

export function hintFor(title: unknown): string | undefined {
  return SUGGESTIONS.find((suggestion) => suggestion.title === title)?.hint;
}
