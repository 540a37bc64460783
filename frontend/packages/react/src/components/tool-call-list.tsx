import { useState } from "react";
import { useTexts } from "../hooks/texts";
import type { ToolCallView } from "../state/run-view";
import { ToolCall } from "./tool-call";

export interface ToolCallListProps {
  readonly tools: readonly ToolCallView[];
  /** Those, by id, that wait for a person. */
  readonly asked?: readonly string[] | undefined;
}

const SHOWN = 5;

/** The newest tool calls, and all of them on demand. */
export function ToolCallList({ tools, asked }: ToolCallListProps) {
  const texts = useTexts();
  const [isWhole, setIsWhole] = useState(false);
  if (tools.length === 0) return null;
  const hidden = isWhole ? 0 : Math.max(0, tools.length - SHOWN);
  return (
    <div className="border-t border-line px-2 py-1">
      {hidden > 0 && (
        <button
          type="button"
          onClick={() => setIsWhole(true)}
          className="h-7 w-full rounded px-1 text-start text-xs text-ink-3 hover:bg-hover hover:text-ink"
        >
          {texts.earlierCalls(hidden)}
        </button>
      )}
      {tools.slice(hidden).map((tool) => (
        <ToolCall
          key={tool.id}
          name={tool.name}
          args={tool.args}
          result={tool.result}
          isError={tool.isError}
          executionMs={tool.executionMs}
          isAsked={asked?.includes(tool.id)}
        />
      ))}
    </div>
  );
}
