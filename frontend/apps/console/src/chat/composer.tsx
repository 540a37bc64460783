import { CopilotChatInput } from "@copilotkit/react-core/v2";
import type { ComponentProps } from "react";
import { useComposer } from "./composer-context";
import { ComposerText } from "./composer-text";
import { QueuedMessages } from "./queued-messages";
import { SendButton } from "./send-button";

function ComposerWithQueue(props: ComponentProps<typeof CopilotChatInput>) {
  const { waiting, remove } = useComposer();
  return (
    <>
      <QueuedMessages messages={waiting} onRemove={remove} />
      <CopilotChatInput
        {...props}
        addMenuButton="hidden"
        sendButton={SendButton}
        textArea={ComposerText}
      />
    </>
  );
}

/**
 * The box to write in, below what waits to be sent. There is nothing to attach, so no button for it.
 * CopilotKit takes another input only with the parts of its own.
 */
export const Composer = Object.assign(ComposerWithQueue, { ...CopilotChatInput });
