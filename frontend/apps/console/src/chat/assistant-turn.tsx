import { parseSubagentRunId, speakerOf, useLiveRuns } from "@sergas/react";
import type { ReactNode } from "react";
import { AttemptMark } from "./attempt-mark";
import { ChatEvidence } from "./chat-evidence";
import { useToolBlock } from "./messages-context";
import { ToolBlockView } from "./tool-block-view";
import { useLostAttempt } from "./use-lost-attempt";

export interface AssistantTurnProps {
  readonly messageId: string;
  readonly subagentRunId: string | undefined;
  readonly hasText: boolean;
  readonly text: ReactNode;
  readonly toolbar: ReactNode;
}

/** One message of one agent, with the agent's name above it and the tool calls that follow. */
export function AssistantTurn(props: AssistantTurnProps) {
  const { messageId, subagentRunId, hasText, text, toolbar } = props;
  const { state } = useLiveRuns();
  const calls = useToolBlock(messageId);
  const speaker = speakerOf(subagentRunId, state.runs);
  const lost = useLostAttempt(subagentRunId);
  if (!hasText && calls.length === 0) return null;
  return (
    <div data-testid="assistant-turn" className={hasText ? "group relative mt-4 mb-2" : ""}>
      {hasText && (
        <>
          {speaker !== undefined && (
            <p className="mb-0.5 flex items-center gap-2 text-xs font-medium text-ink-3">
              {speaker}
              {lost && <AttemptMark lost={lost} />}
            </p>
          )}
          <div
            className={`cpk:prose cpk:max-w-full cpk:break-words cpk:dark:prose-invert assistant-text ${lost ? "lost-text" : ""}`}
          >
            <ChatEvidence runId={parseSubagentRunId(subagentRunId)?.runId}>{text}</ChatEvidence>
          </div>
        </>
      )}
      <ToolBlockView calls={calls} />
      {hasText && (
        <div className="assistant-toolbar absolute -top-1.5 end-0 opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100">
          {toolbar}
        </div>
      )}
    </div>
  );
}
