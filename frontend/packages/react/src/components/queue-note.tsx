import { useTexts } from "../hooks/texts";

export interface QueueNoteProps {
  readonly place: number;
}

/** How many runs come first. */
export function QueueNote({ place }: QueueNoteProps) {
  const texts = useTexts();
  return (
    <p
      data-testid="queue-place"
      className="rounded-lg border border-line bg-surface px-3 py-2 text-[13px] text-ink-2"
    >
      {texts.placeInQueue(place)}
    </p>
  );
}
