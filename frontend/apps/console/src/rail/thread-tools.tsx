import { Archive, ArchiveRestore, Pencil, Trash2 } from "lucide-react";

export interface ThreadToolsProps {
  readonly name: string;
  readonly isArchived: boolean;
  readonly onRename: () => void;
  /** Or bring it back from the archive. */
  readonly onArchive: () => void;
  readonly onDelete: () => void;
}

export function ThreadTools({ name, isArchived, onRename, onArchive, onDelete }: ThreadToolsProps) {
  const tools = [
    { label: "Rename", Icon: Pencil, act: onRename },
    isArchived
      ? { label: "Restore", Icon: ArchiveRestore, act: onArchive }
      : { label: "Archive", Icon: Archive, act: onArchive },
    { label: "Delete", Icon: Trash2, act: onDelete },
  ];
  return (
    <span className="flex w-0 overflow-hidden group-focus-within:w-auto group-hover:w-auto pointer-coarse:w-auto">
      {tools.map(({ label, Icon, act }) => (
        <button
          key={label}
          type="button"
          aria-label={`${label} ${name}`}
          title={label}
          onClick={act}
          className="button-quiet size-6 justify-center p-0"
        >
          <Icon aria-hidden size={13} />
        </button>
      ))}
    </span>
  );
}
