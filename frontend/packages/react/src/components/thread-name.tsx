import { type KeyboardEvent, useState } from "react";
import { useTexts } from "../hooks/texts";

export interface ThreadNameProps {
  readonly name: string;
  readonly onDone: (name: string) => void;
  readonly onCancel: () => void;
}

/** Rename in place: Enter keeps, Escape does not. */
export function ThreadName({ name, onDone, onCancel }: ThreadNameProps) {
  const texts = useTexts();
  const [text, setText] = useState(name);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") onDone(text.trim());
    if (event.key === "Escape") onCancel();
  };
  return (
    <input
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to rename this.
      autoFocus
      aria-label={texts.threadName}
      value={text}
      maxLength={120}
      onChange={(event) => setText(event.target.value)}
      onFocus={(event) => event.currentTarget.select()}
      onKeyDown={onKeyDown}
      onBlur={() => onDone(text.trim())}
      className="h-8 w-full rounded-md border border-line-strong bg-surface px-2 text-[13px]"
    />
  );
}
