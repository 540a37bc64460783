import { CopilotChatView, type CopilotChatViewProps } from "@copilotkit/react-core/v2";
import { useLiveRuns } from "@sergas/react";
import { useMemo } from "react";
import { ComposerContext } from "./composer-context";
import { MessagesContext, ToolBlocksContext } from "./messages-context";
import { toolBlocks } from "./tool-block";
import { useAsked } from "./use-asked";
import { useSendQueue } from "./use-send-queue";
import { Welcome } from "./welcome";

/** CopilotKit hides its welcome screen from threads with an id of their own; ours all have one. */
export function ConversationView(props: CopilotChatViewProps) {
  const {
    messages = NO_MESSAGES,
    inputValue = "",
    onInputChange,
    onSubmitMessage,
    isRunning,
  } = props;
  const { threadId } = useLiveRuns();
  const { waiting, submit, remove } = useSendQueue({
    threadId,
    isRunning: isRunning === true,
    send: onSubmitMessage,
  });
  useAsked(threadId, onSubmitMessage && submit);
  const blocks = useMemo(() => toolBlocks(messages), [messages]);
  const text = inputValue.trim();
  const queue = () => {
    submit(text);
    onInputChange?.("");
  };
  return (
    <MessagesContext value={messages}>
      <ToolBlocksContext value={blocks}>
        <ComposerContext value={{ hasText: text !== "", queue, waiting, remove }}>
          <CopilotChatView
            {...props}
            {...(onSubmitMessage && { onSubmitMessage: submit })}
            hasExplicitThreadId={false}
            welcomeScreen={WELCOME}
          />
        </ComposerContext>
      </ToolBlocksContext>
    </MessagesContext>
  );
}

const NO_MESSAGES: NonNullable<CopilotChatViewProps["messages"]> = [];

const WELCOME: NonNullable<CopilotChatViewProps["welcomeScreen"]> = {
  children: ({ input, suggestionView }) => (
    <Welcome input={input} suggestionView={suggestionView} />
  ),
};
