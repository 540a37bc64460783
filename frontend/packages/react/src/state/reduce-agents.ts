/** The part of the fold that belongs to agents: attempts, tool calls, texts. */
import type { AgUiEvent } from "../client/events";
import { isJsonObject } from "../client/json";
import { type AttemptView, faultOf, type RunView, type ToolCallView } from "./run-view";

export function reduceAgents(run: RunView, event: AgUiEvent): RunView {
  switch (event.type) {
    case "SUBAGENT_STARTED":
      // What an agent asks another one for is the agent's own work.
      if (event.parentSubagentRunId !== undefined) return run;
      return { ...run, attempts: [...run.attempts, startedAttempt(event)] };
    case "SUBAGENT_FINISHED":
      return withAttempt(run, event.subagentRunId, {
        outcome: event.outcome?.type === "suspended" ? "suspended" : "completed",
        finishedAt: event.timestamp,
      });
    case "SUBAGENT_ERROR":
      return withAttempt(run, event.subagentRunId, {
        outcome: "failed",
        finishedAt: event.timestamp,
        fault: faultOf(event),
      });
    case "TEXT_MESSAGE_START": {
      const message = { id: event.messageId, agent: agentOf(run, event.subagentRunId), text: "" };
      return { ...run, messages: [...run.messages, message] };
    }
    case "TEXT_MESSAGE_CONTENT": {
      const { messageId, delta } = event;
      const messages = run.messages.map((message) =>
        message.id === messageId ? { ...message, text: message.text + delta } : message,
      );
      return { ...run, messages };
    }
    case "TOOL_CALL_START":
      return { ...run, tools: [...run.tools, startedTool(run, event)] };
    case "TOOL_CALL_ARGS":
      return withTool(run, event.toolCallId, (tool) => ({ args: tool.args + event.delta }));
    case "TOOL_CALL_RESULT": {
      const { executionTimeMs, isError } = isJsonObject(event.metadata) ? event.metadata : {};
      return withTool(run, event.toolCallId, () => ({
        result: event.content,
        isError: isError === true,
        executionMs: typeof executionTimeMs === "number" ? executionTimeMs : undefined,
      }));
    }
    default:
      return run;
  }
}

function startedAttempt(event: Extract<AgUiEvent, { type: "SUBAGENT_STARTED" }>): AttemptView {
  const { title, attempt } = event.metadata ?? {};
  return {
    id: event.subagentRunId,
    agent: event.name,
    title: typeof title === "string" ? title : event.name,
    attempt: typeof attempt === "number" ? attempt : 1,
    startedAt: event.timestamp,
    finishedAt: undefined,
    outcome: "running",
    fault: undefined,
  };
}

function startedTool(
  run: RunView,
  event: Extract<AgUiEvent, { type: "TOOL_CALL_START" }>,
): ToolCallView {
  return {
    id: event.toolCallId,
    name: event.toolCallName,
    agent: agentOf(run, event.subagentRunId),
    attemptId: attemptOf(run, event.subagentRunId)?.id ?? event.subagentRunId,
    args: "",
    result: undefined,
    isError: false,
    executionMs: undefined,
    startedAt: event.timestamp,
  };
}

function agentOf(run: RunView, subagentRunId: string | undefined): string {
  return attemptOf(run, subagentRunId)?.agent ?? "";
}

/** A subagent run that is nested in an attempt has the attempt's id, `/` and a number. */
function attemptOf(run: RunView, subagentRunId = ""): AttemptView | undefined {
  return run.attempts.find(({ id }) => subagentRunId === id || subagentRunId.startsWith(`${id}/`));
}

function withAttempt(run: RunView, id: string, change: Partial<AttemptView>): RunView {
  const attempts = run.attempts.map((attempt) =>
    attempt.id === id ? { ...attempt, ...change } : attempt,
  );
  return { ...run, attempts };
}

function withTool(
  run: RunView,
  id: string,
  change: (tool: ToolCallView) => Partial<ToolCallView>,
): RunView {
  const tools = run.tools.map((tool) => (tool.id === id ? { ...tool, ...change(tool) } : tool));
  return { ...run, tools };
}
