import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { useTexts } from "../hooks/texts";

export interface CopyButtonProps {
  readonly text: string;
  readonly label: string;
}

export function CopyButton({ text, label }: CopyButtonProps) {
  const texts = useTexts();
  const [isCopied, setIsCopied] = useState(false);
  const copy = async () => {
    await navigator.clipboard.writeText(text);
    setIsCopied(true);
    setTimeout(() => setIsCopied(false), 1500);
  };
  const Icon = isCopied ? Check : Copy;
  return (
    <button
      type="button"
      aria-label={isCopied ? texts.copied : label}
      title={label}
      onClick={copy}
      className="button-quiet size-6 justify-center p-0"
    >
      <Icon aria-hidden size={13} />
    </button>
  );
}
