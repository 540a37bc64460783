import { useDefaultRenderTool, useInterrupt } from "@copilotkit/react-core/v2";
import { interruptSchema } from "../client/interrupts";
import { useEnhancedAgent } from "../hooks/use-enhanced-agent";
import { speakerOf } from "../state/speaker";
import { ApprovalCard } from "./approval-card";
import { ToolCall } from "./tool-call";

/** Put beside a CopilotChat, it lets the chat draw the agents' tool calls and questions as the dashboard does. */
export function RunRenders() {
  const { state } = useEnhancedAgent();
  useDefaultRenderTool(
    {
      render: ({ name, toolCallId, parameters, result }) => {
        const known = Object.values(state.runs)
          .flatMap(({ tools }) => tools)
          .find(({ id }) => id === toolCallId);
        return (
          <div className="sergas">
            <ToolCall
              name={name}
              args={known?.args ?? JSON.stringify(parameters ?? {})}
              result={result}
              isError={known?.isError ?? false}
              executionMs={known?.executionMs}
              by={speakerOf(known?.attemptId, state.runs)}
            />
          </div>
        );
      },
    },
    [state.runs],
  );
  useInterrupt({
    render: ({ interrupt, resolve }) => {
      const parsed = interruptSchema.safeParse(interrupt);
      return (
        <div className="sergas">
          {parsed.success && (
            <ApprovalCard interrupt={parsed.data} onAnswer={(decision) => resolve(decision)} />
          )}
        </div>
      );
    },
  });
  return null;
}
