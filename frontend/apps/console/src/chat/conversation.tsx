import { CopilotChat, useConfigureSuggestions, useInterrupt } from "@copilotkit/react-core/v2";
import { InterruptCard } from "@sergas/react";
import { useServerInfo } from "../session/server-context";
import { Composer } from "./composer";
import { ConversationView } from "./conversation-view";
import { MESSAGE_VIEW, SUGGESTION_VIEW } from "./slots";
import { SUGGESTIONS } from "./suggestions";

export interface ConversationProps {
  readonly threadId: string;
}

export function Conversation({ threadId }: ConversationProps) {
  const { runtime } = useServerInfo();
  useConfigureSuggestions({
    suggestions: SUGGESTIONS.map(({ title, message }) => ({ title, message })),
    available: "before-first-message",
  });
  useInterrupt({
    render: ({ interrupt, resolve, cancel }) => (
      <InterruptCard interrupt={interrupt} onAnswer={resolve} onCancel={cancel} />
    ),
  });
  return (
    <CopilotChat
      threadId={threadId}
      chatView={ConversationView}
      messageView={MESSAGE_VIEW}
      suggestionView={SUGGESTION_VIEW}
      input={Composer}
      throttleMs={50}
      labels={{
        chatInputPlaceholder: "Ask about an account",
        chatDisclaimerText:
          runtime === "rules"
            ? "Computed by rules from your records. No model is used."
            : "Check what matters against the records.",
      }}
      className="h-full"
    />
  );
}
