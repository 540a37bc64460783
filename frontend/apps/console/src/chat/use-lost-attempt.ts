import {
  type LostAttempt,
  lostAttempt,
  parseSubagentRunId,
  useLiveRuns,
  type WorkflowStatus,
  workflowStatusSchema,
} from "@sergas/react";
import { useChatMessages } from "./messages-context";
import type { ChatMessages } from "./tool-block";

/** How the attempt ended that a message comes from, if it did not end well. */
export function useLostAttempt(subagentRunId: string | undefined): LostAttempt | undefined {
  const { state } = useLiveRuns();
  const messages = useChatMessages();
  const runId = parseSubagentRunId(subagentRunId)?.runId;
  if (runId === undefined) return undefined;
  return lostAttempt(subagentRunId, state.runs[runId], cardOf(runId, messages));
}

function cardOf(runId: string, messages: ChatMessages): WorkflowStatus | undefined {
  const card = messages.find((message) => message.id === `wf-${runId}`);
  return card?.role === "activity" ? workflowStatusSchema.safeParse(card.content).data : undefined;
}
