import { type ReactNode, useEffect, useRef } from "react";
import { ThreadDeletion } from "./thread-deletion";
import { ThreadName } from "./thread-name";

/** What is being done to a conversation of a list, in its place. */
export type ThreadEditMode = "shown" | "renaming" | "deleting";

export interface ThreadEditProps {
  readonly mode: ThreadEditMode;
  readonly name: string;
  readonly onRename: (name: string) => void;
  readonly onDelete: () => void;
  /** It is done, or was given up. */
  readonly onBack: () => void;
  /** How the conversation is shown otherwise. */
  readonly children: ReactNode;
}

/** A conversation in a list, or the field to rename it, or the question whether to delete it. */
export function ThreadEdit(props: ThreadEditProps) {
  const { mode, name, onRename, onDelete, onBack, children } = props;
  const place = useRef<HTMLSpanElement>(null);
  const before = useRef(mode);
  useEffect(() => {
    const isBack = before.current !== "shown" && mode === "shown";
    before.current = mode;
    // The field is gone and the focus with it, unless a click has moved it elsewhere.
    if (isBack && document.activeElement === document.body)
      place.current?.querySelector<HTMLElement>("a, button")?.focus();
  }, [mode]);
  const rename = (next: string) => {
    onBack();
    if (next !== "" && next !== name) onRename(next);
  };
  const remove = () => {
    onBack();
    onDelete();
  };
  return (
    <span ref={place} className="contents">
      {mode === "shown" && children}
      {mode === "renaming" && <ThreadName name={name} onDone={rename} onCancel={onBack} />}
      {mode === "deleting" && <ThreadDeletion onConfirm={remove} onCancel={onBack} />}
    </span>
  );
}
