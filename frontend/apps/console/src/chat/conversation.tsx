import { CopilotChat, useInterrupt } from "@copilotkit/react-core/v2";
import { InterruptCard } from "@sergas/react";
import type { OfferedAgent } from "../session/offered-agents";
import { useServerInfo } from "../session/server-context";
import { chatWords } from "./chat-words";
import { Composer } from "./composer";
import { ConversationView } from "./conversation-view";
import { MESSAGE_VIEW, SUGGESTION_VIEW } from "./slots";
import { useAgentSuggestions } from "./use-agent-suggestions";

export interface ConversationProps {
  readonly threadId: string;
  readonly agent: OfferedAgent;
}

export function Conversation({ threadId, agent }: ConversationProps) {
  const { placeholder, caution } = chatWords(useServerInfo(), agent);
  useAgentSuggestions(agent);
  useInterrupt({
    agentId: agent.id,
    render: ({ interrupt, resolve, cancel }) => (
      <InterruptCard interrupt={interrupt} onAnswer={resolve} onCancel={cancel} />
    ),
  });
  return (
    <CopilotChat
      threadId={threadId}
      agentId={agent.id}
      chatView={ConversationView}
      messageView={MESSAGE_VIEW}
      suggestionView={SUGGESTION_VIEW}
      input={Composer}
      throttleMs={50}
      labels={{
        chatInputPlaceholder: placeholder,
        chatDisclaimerText: caution,
      }}
      className="h-full"
    />
  );
}
