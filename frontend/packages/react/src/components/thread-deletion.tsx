import { useTexts } from "../hooks/texts";

export interface ThreadDeletionProps {
  readonly onConfirm: () => void;
  readonly onCancel: () => void;
}

/** Deletion cannot be undone, so it is asked once more, in place. */
export function ThreadDeletion({ onConfirm, onCancel }: ThreadDeletionProps) {
  const texts = useTexts();
  return (
    <div
      role="alertdialog"
      aria-label={texts.deleteThread}
      onKeyDown={(event) => {
        if (event.key === "Escape") onCancel();
      }}
      className="flex h-8 items-center gap-1 rounded-md bg-bad-soft ps-2 pe-1 text-xs"
    >
      <span className="min-w-0 flex-1 truncate text-bad">{texts.deleteThread}</span>
      <button
        // biome-ignore lint/a11y/noAutofocus: the question replaces the button that had the focus.
        autoFocus
        type="button"
        onClick={onCancel}
        className="button-quiet h-6 px-1.5 text-xs"
      >
        {texts.keep}
      </button>
      <button type="button" onClick={onConfirm} className="button-danger h-6 px-1.5 text-xs">
        {texts.delete}
      </button>
    </div>
  );
}
