import { askedCalls, parseSubagentRunId, speakerOf, useLiveRuns } from "@sergas/react";
import { ChevronRight, Wrench } from "lucide-react";
import { useId, useState } from "react";
import { ChatToolCall } from "./chat-tool-call";
import type { BlockCall } from "./tool-block";

export interface ToolBlockViewProps {
  readonly calls: readonly BlockCall[];
}

/** Tool calls in a row: one line that says how many and whose, all of them on click. */
export function ToolBlockView({ calls }: ToolBlockViewProps) {
  const { state } = useLiveRuns();
  const [isOpen, setIsOpen] = useState(false);
  const listId = useId();
  const only = calls[0];
  if (only === undefined) return null;
  if (calls.length === 1) return <ChatToolCall call={only} />;
  const speakers = new Set(calls.flatMap(({ id }) => speakerOf(callerOf(id), state.runs) ?? []));
  const open = calls.filter(({ result }) => result === undefined);
  const asked = askedCalls(...Object.values(state.runs));
  const waiting = open.filter(({ id }) => asked.includes(id)).length;
  const running = open.length - waiting;
  return (
    <div data-testid="tool-block" className="my-1">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={listId}
        onClick={() => setIsOpen(!isOpen)}
        className="flex h-7 w-full items-center gap-1.5 rounded px-1 text-start text-xs text-ink-3 hover:bg-hover"
      >
        <ChevronRight
          aria-hidden
          size={12}
          className={`shrink-0 transition-transform duration-150 motion-reduce:transition-none ${isOpen ? "rotate-90" : "rtl:rotate-180"}`}
        />
        <Wrench aria-hidden size={12} className="shrink-0" />
        <bdi className="shrink-0 font-medium text-ink-2">{calls.length} tool calls</bdi>
        <span className="min-w-0 truncate">· {[...speakers].join(", ")}</span>
        <span className="ms-auto flex shrink-0 gap-2">
          {running > 0 && <span className="text-run">{running} running</span>}
          {waiting > 0 && <span className="font-medium text-wait">{waiting} waiting for you</span>}
        </span>
      </button>
      {isOpen && (
        <div id={listId} className="ms-2 border-s border-line ps-1">
          {calls.map((call) => (
            <ChatToolCall key={call.id} call={call} />
          ))}
        </div>
      )}
    </div>
  );
}

/** The subagent run that made the call: the call's id is its own, and one part more. */
export function callerOf(callId: string): string | undefined {
  const caller = callId.replace(/:[^:]*$/, "");
  return parseSubagentRunId(caller) === undefined ? undefined : caller;
}
