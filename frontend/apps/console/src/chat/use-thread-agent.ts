import { useLiveRuns } from "@sergas/react";
import { agentOfNewThread } from "../routing/new-threads";
import { agentNamed, DEFAULT_AGENT, type OfferedAgent } from "../session/offered-agents";
import { useServerInfo } from "../session/server-context";
import { useConversation } from "./use-conversation";

export interface ThreadAgent {
  readonly agent: OfferedAgent;
  /** False while the server is asked; the chat cannot change whom it talks to in the middle. */
  readonly isKnown: boolean;
}

/** Whom the open conversation is with: whom it was opened with here, or who ran in it. */
export function useThreadAgent(): ThreadAgent {
  const { agents } = useServerInfo();
  const { threadId = "" } = useLiveRuns();
  const ran = useConversation(threadId);
  const opened = agentOfNewThread(threadId);
  const name = opened ?? ran.data?.[0]?.workflow ?? DEFAULT_AGENT;
  return {
    agent: agentNamed(agents, name),
    isKnown: opened !== undefined || agents.length < 2 || !ran.isLoading,
  };
}
