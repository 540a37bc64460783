import { useTexts } from "../hooks/texts";
import type { Texts } from "../state/texts";

export interface EmptyRunProps {
  readonly isLoading: boolean;
}

/** Before the first run: what will be here. While one is fetched: its outline. */
export function EmptyRun({ isLoading }: EmptyRunProps) {
  const texts = useTexts();
  if (isLoading) {
    return (
      <div role="status" aria-label={texts.readingRun} className="flex flex-col gap-3">
        <div className="skeleton h-5 w-1/3" />
        <div className="skeleton h-24" />
        <div className="skeleton h-16" />
        <div className="skeleton h-16" />
      </div>
    );
  }
  return (
    <div className="rounded-lg border border-dashed border-line-strong px-4 py-5">
      <p className="text-[13px] font-medium text-ink">{texts.noRun}</p>
      <dl className="mt-3 flex flex-col gap-2.5 text-xs leading-4">
        {whatComes(texts).map(([term, text]) => (
          <div key={term} className="grid grid-cols-[6rem_1fr] gap-2">
            <dt className="font-medium text-ink-2">{term}</dt>
            <dd className="text-ink-3">{text}</dd>
          </div>
        ))}
      </dl>
    </div>
  );
}

function whatComes(texts: Texts): readonly (readonly [string, string])[] {
  return [
    [texts.timeline, texts.aboutTimeline],
    [texts.agents, texts.aboutAgents],
    [texts.sharedState, texts.aboutState],
  ];
}
