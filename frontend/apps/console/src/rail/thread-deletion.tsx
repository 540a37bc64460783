export interface ThreadDeletionProps {
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Deletion cannot be undone, so it is asked once more, in place. */
export function ThreadDeletion({ onConfirm, onCancel }: ThreadDeletionProps) {
  return (
    <div
      role="alertdialog"
      aria-label="Delete with its runs?"
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
      className="flex h-8 items-center gap-1 rounded-md bg-bad-soft pr-1 pl-2 text-xs"
    >
      <span className="min-w-0 flex-1 truncate text-bad">Delete with its runs?</span>
      <button
        // biome-ignore lint/a11y/noAutofocus: the question replaces the button that had the focus.
        autoFocus
        type="button"
        onClick={onCancel}
        className="button-quiet h-6 px-1.5 text-xs"
      >
        Keep
      </button>
      <button type="button" onClick={onConfirm} className="button-danger h-6 px-1.5 text-xs">
        Delete
      </button>
    </div>
  );
}
