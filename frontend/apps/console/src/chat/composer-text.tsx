import { CopilotChatInput } from "@copilotkit/react-core/v2";
import { type ComponentProps, forwardRef, type KeyboardEvent } from "react";

type TextAreaProps = Omit<ComponentProps<typeof CopilotChatInput.TextArea>, "ref">;

/** Enter on an empty box does nothing; CopilotKit would take it for "stop the run". */
export const ComposerText = forwardRef<HTMLTextAreaElement, TextAreaProps>(function ComposerText(
  { onKeyDown, ...textArea },
  ref,
) {
  const onlyWithText = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const isEmpty = event.currentTarget.value.trim() === "";
    if (isEmpty && event.key === "Enter" && !event.shiftKey) event.preventDefault();
    else onKeyDown?.(event);
  };
  return <CopilotChatInput.TextArea {...textArea} ref={ref} onKeyDown={onlyWithText} />;
});
