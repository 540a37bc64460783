import { speakerOf, useEnhancedAgent } from "@sergas/react";
import type { ReactNode } from "react";
import { AttemptMark } from "./attempt-mark";
import { useLostAttempt } from "./use-lost-attempt";

export interface AssistantTurnProps {
  readonly subagentRunId: string | undefined;
  readonly hasText: boolean;
  readonly text: ReactNode;
  readonly toolCalls: ReactNode;
  readonly toolbar: ReactNode;
}

/** One message of one agent, with the agent's name above it. */
export function AssistantTurn(props: AssistantTurnProps) {
  const { subagentRunId, hasText, text, toolCalls, toolbar } = props;
  const { state } = useEnhancedAgent();
  const speaker = speakerOf(subagentRunId, state.runs);
  const lost = useLostAttempt(subagentRunId);
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
            {text}
          </div>
        </>
      )}
      {toolCalls}
      {hasText && (
        <div className="assistant-toolbar absolute -top-1.5 right-0 opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100">
          {toolbar}
        </div>
      )}
    </div>
  );
}
