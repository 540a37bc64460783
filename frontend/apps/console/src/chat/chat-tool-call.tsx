import { askedCalls, speakerOf, ToolCall, useLiveRuns } from "@sergas/react";
import type { BlockCall } from "./tool-block";

export interface ChatToolCallProps {
  readonly call: BlockCall;
}

/** A tool call in the conversation, with what the run's log knows about it besides. */
export function ChatToolCall({ call }: ChatToolCallProps) {
  const { id, name, args, result } = call;
  const { state } = useLiveRuns();
  const tool = Object.values(state.runs)
    .flatMap(({ tools }) => tools)
    .find((candidate) => candidate.id === id);
  return (
    <ToolCall
      name={name}
      args={args}
      result={result}
      isError={tool?.isError ?? false}
      executionMs={tool?.executionMs}
      isAsked={askedCalls(...Object.values(state.runs)).includes(id)}
      by={speakerOf(id.replace(/:[^:]*$/, ""), state.runs)}
    />
  );
}
