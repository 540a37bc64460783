import { useDefaultRenderTool, useInterrupt } from "@copilotkit/react-core/v2";
import { useEnhancedAgent } from "../hooks/use-enhanced-agent";
import { askedCalls } from "../state/question";
import { speakerOf } from "../state/speaker";
import { InterruptCard } from "./interrupt-card";
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
              isAsked={askedCalls(...Object.values(state.runs)).includes(toolCallId)}
              by={speakerOf(known?.attemptId, state.runs)}
            />
          </div>
        );
      },
    },
    [state.runs],
  );
  useInterrupt({
    render: ({ interrupt, resolve, cancel }) => (
      <div className="sergas">
        <InterruptCard interrupt={interrupt} onAnswer={resolve} onCancel={cancel} />
      </div>
    ),
  });
  return null;
}
