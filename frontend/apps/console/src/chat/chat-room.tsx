import "../chat.css";
import { CopilotOnRuns } from "@sergas/react";
import type { OfferedAgent } from "../session/offered-agents";
import { ACTIVITIES } from "./activities";
import { Conversation } from "./conversation";

export interface ChatRoomProps {
  readonly threadId: string;
  readonly agent: OfferedAgent;
}

/** CopilotKit and its chat: most of the console's bytes, loaded once a conversation is opened. */
export function ChatRoom({ threadId, agent }: ChatRoomProps) {
  return (
    <CopilotOnRuns agentId={agent.id} renderActivityMessages={ACTIVITIES}>
      <Conversation threadId={threadId} agent={agent} />
    </CopilotOnRuns>
  );
}
