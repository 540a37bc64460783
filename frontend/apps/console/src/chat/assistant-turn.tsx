import { speakerOf, useEnhancedAgent } from "@sergas/react";
import type { ReactNode } from "react";

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
  return (
    <div data-testid="assistant-turn" className={hasText ? "mt-4 mb-1" : ""}>
      {hasText && (
        <>
          {speaker !== undefined && (
            <p className="mb-0.5 text-xs font-medium text-ink-3">{speaker}</p>
          )}
          <div className="cpk:prose cpk:max-w-full cpk:break-words cpk:dark:prose-invert assistant-text">
            {text}
          </div>
        </>
      )}
      {toolCalls}
      {hasText && toolbar}
    </div>
  );
}
