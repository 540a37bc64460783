import { speakerOf, ToolCall, useEnhancedAgent } from "@sergas/react";

export interface ChatToolCallProps {
  readonly toolCallId: string;
  readonly name: string;
  readonly args: string;
  readonly result: string | undefined;
}

/** A tool call in the conversation, with what the run's log knows about it besides. */
export function ChatToolCall({ toolCallId, name, args, result }: ChatToolCallProps) {
  const { state } = useEnhancedAgent();
  const tool = Object.values(state.runs)
    .flatMap(({ tools }) => tools)
    .find(({ id }) => id === toolCallId);
  return (
    <ToolCall
      name={name}
      args={args}
      result={result}
      isError={tool?.isError ?? false}
      executionMs={tool?.executionMs}
      by={speakerOf(toolCallId.replace(/:[^:]*$/, ""), state.runs)}
    />
  );
}
