export interface EarlierRunNoteProps {
  /** The run that was picked from a list or by a mark; undefined shows the newest by itself. */
  readonly runId: string | undefined;
  readonly onNewest: () => void;
}

export function EarlierRunNote({ runId, onNewest }: EarlierRunNoteProps) {
  if (runId === undefined) return null;
  return (
    <div className="flex h-9 items-center justify-between border-b border-line bg-raised px-4 text-xs text-ink-2">
      Pinned to this run
      <button type="button" onClick={onNewest} className="button-quiet h-6 px-2 text-xs">
        Follow the newest
      </button>
    </div>
  );
}
