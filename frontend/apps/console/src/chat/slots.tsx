/** What of CopilotKit's chat is drawn our way; constants, so that messages are not redrawn. */
import type { CopilotChatProps, CopilotChatViewProps } from "@copilotkit/react-core/v2";
import { CopilotChatView } from "@copilotkit/react-core/v2";
import { AssistantTurn } from "./assistant-turn";
import { SendButton } from "./send-button";
import { SuggestionChip } from "./suggestion-chip";
import { Welcome } from "./welcome";

export const MESSAGE_VIEW: NonNullable<CopilotChatProps["messageView"]> = {
  assistantMessage: {
    children: ({ message, markdownRenderer, toolCallsView, toolbar, toolbarVisible }) => (
      <AssistantTurn
        subagentRunId={message.subagentRunId}
        hasText={(message.content ?? "").trim() !== ""}
        text={markdownRenderer}
        toolCalls={toolCallsView}
        toolbar={toolbarVisible === false ? null : toolbar}
      />
    ),
  },
};

export const SUGGESTION_VIEW: NonNullable<CopilotChatProps["suggestionView"]> = {
  suggestion: SuggestionChip,
  className: "flex w-full flex-col divide-y divide-line",
};

/** There is nothing to attach, so there is no button for it. */
export const INPUT: NonNullable<CopilotChatProps["input"]> = {
  addMenuButton: "hidden",
  sendButton: SendButton,
};

/** CopilotKit hides its welcome screen from threads with an id of their own; ours all have one. */
export function ConversationView(props: CopilotChatViewProps) {
  return <CopilotChatView {...props} hasExplicitThreadId={false} welcomeScreen={WELCOME} />;
}

const WELCOME: NonNullable<CopilotChatViewProps["welcomeScreen"]> = {
  children: ({ input, suggestionView }) => (
    <Welcome input={input} suggestionView={suggestionView} />
  ),
};
