import { TriangleAlert } from "lucide-react";
import { useTexts } from "../hooks/texts";

export interface BrokenPartProps {
  readonly error: Error;
  readonly onTryAgain: () => void;
}

/** In place of what broke: what that means for the runs, and the way back. */
export function BrokenPart({ error, onTryAgain }: BrokenPartProps) {
  const texts = useTexts();
  return (
    <div
      role="alert"
      data-testid="broken"
      className="sergas flex gap-2.5 rounded-lg border border-bad/30 bg-bad-soft px-3 py-2.5"
    >
      <TriangleAlert aria-hidden size={16} className="mt-0.5 shrink-0 text-bad" />
      <div className="min-w-0 flex-1 text-[13px] leading-5">
        <p className="font-medium text-ink">{texts.broken}</p>
        <p className="text-ink-2">{texts.brokenMeans}</p>
        <p className="mt-1 flex items-center gap-2 text-xs text-ink-3">
          <button type="button" onClick={onTryAgain} className="button h-6 px-2 text-xs">
            {texts.tryAgain}
          </button>
          <code className="truncate">{error.message}</code>
        </p>
      </div>
    </div>
  );
}
