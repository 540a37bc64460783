import "../chat.css";
import { CopilotOnRuns } from "@sergas/react";
import { ACTIVITIES } from "./activities";
import { Conversation } from "./conversation";

export interface ChatRoomProps {
  readonly threadId: string;
}

/** CopilotKit and its chat: most of the console's bytes, loaded once a conversation is opened. */
export function ChatRoom({ threadId }: ChatRoomProps) {
  return (
    <CopilotOnRuns renderActivityMessages={ACTIVITIES}>
      <Conversation threadId={threadId} />
    </CopilotOnRuns>
  );
}
