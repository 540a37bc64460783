import { Archive, ArchiveRestore, Pencil, Trash2 } from "lucide-react";
import { useTexts } from "../hooks/texts";

export interface ThreadToolsProps {
  readonly name: string;
  readonly isArchived: boolean;
  readonly onRename: () => void;
  /** Or bring it back from the archive. */
  readonly onArchive: () => void;
  readonly onDelete: () => void;
}

export function ThreadTools({ name, isArchived, onRename, onArchive, onDelete }: ThreadToolsProps) {
  const texts = useTexts();
  const tools = [
    { label: texts.rename, Icon: Pencil, act: onRename },
    isArchived
      ? { label: texts.unarchive, Icon: ArchiveRestore, act: onArchive }
      : { label: texts.archive, Icon: Archive, act: onArchive },
    { label: texts.delete, Icon: Trash2, act: onDelete },
  ];
  return (
    <span className="flex">
      {tools.map(({ label, Icon, act }) => (
        <button
          key={label}
          type="button"
          aria-label={texts.actionOn(label, name)}
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
