import "../chat.css";
import { CopilotOnRuns } from "@sergas/react";
import type { OfferedAgent } from "../session/offered-agents";
import { ACTIVITIES } from "./activities";
import { ChatLoading } from "./chat-loading";
import { Conversation } from "./conversation";

export interface ChatRoomProps {
  readonly threadId: string;
  readonly agent: OfferedAgent;
  /** CopilotKit stays while it is asked whom a conversation is with; only the chat waits. */
  readonly isKnown: boolean;
}

/** CopilotKit and its chat: most of the console's bytes, loaded once a conversation is opened. */
export function ChatRoom({ threadId, agent, isKnown }: ChatRoomProps) {
  return (
    <CopilotOnRuns agentId={agent.id} renderActivityMessages={ACTIVITIES}>
      {isKnown ? <Conversation threadId={threadId} agent={agent} /> : <ChatLoading />}
    </CopilotOnRuns>
  );
}
