/** What of CopilotKit's chat is drawn our way; constants, so that messages are not redrawn. */
import type { CopilotChatProps } from "@copilotkit/react-core/v2";
import { AssistantTurn } from "./assistant-turn";
import { ChatMarkdown } from "./chat-markdown";
import { SuggestionChip } from "./suggestion-chip";

export const MESSAGE_VIEW: NonNullable<CopilotChatProps["messageView"]> = {
  assistantMessage: {
    markdownRenderer: ChatMarkdown,
    children: ({ message, markdownRenderer, toolbar, toolbarVisible }) => (
      <AssistantTurn
        messageId={message.id}
        subagentRunId={message.subagentRunId}
        hasText={(message.content ?? "").trim() !== ""}
        text={markdownRenderer}
        toolbar={toolbarVisible === false ? null : toolbar}
      />
    ),
  },
};

export const SUGGESTION_VIEW: NonNullable<CopilotChatProps["suggestionView"]> = {
  suggestion: SuggestionChip,
  className: "flex w-full flex-col divide-y divide-line",
};
