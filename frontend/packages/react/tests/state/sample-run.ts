/** The log of a review with a retried agent, as the server would send it. */
import type { AgUiEvent } from "../../src/client/events";
import type { Json, JsonObject } from "../../src/client/json";
import type { LoggedEvent } from "../../src/client/listener";
import { reduceRun } from "../../src/state/reduce-run";
import { emptyRun, type RunView } from "../../src/state/run-view";

export function logged(events: readonly AgUiEvent[], from = 1, runId = "run-1"): LoggedEvent[] {
  return events.map((event, index) => ({ cursor: { runId, seq: from + index }, event }));
}

export function folded(events: readonly AgUiEvent[]): RunView {
  return logged(events).reduce(reduceRun, emptyRun("run-1"));
}

const STATUS = "workflow_status";

export const OPENING: readonly AgUiEvent[] = [
  { type: "RUN_STARTED", threadId: "thread-1", runId: "run-1" },
  { type: "STATE_SNAPSHOT", snapshot: { workflow: { workflow_progress: 0 } } },
  {
    type: "ACTIVITY_SNAPSHOT",
    messageId: "wf-run-1",
    activityType: STATUS,
    content: {
      workflowId: "run-1",
      workflow: "account_review",
      title: "Account review",
      status: "running",
      progress: 0,
      currentAgent: "",
      completedAgents: [],
      startedAt: 1000,
      agents: {
        scout: { name: "scout", title: "CRM scout", runtime: "rules", status: "initializing" },
        author: { name: "author", title: "Author", runtime: "rules", status: "initializing" },
      },
    },
  },
];

export function progress(percent: number): AgUiEvent {
  const patch = [{ op: "replace", path: "/progress", value: percent }] as const;
  return { type: "ACTIVITY_DELTA", messageId: "wf-run-1", activityType: STATUS, patch: [...patch] };
}

export function agentIs(name: string, status: string): AgUiEvent {
  const patch = [{ op: "replace", path: `/agents/${name}/status`, value: status }] as const;
  return { type: "ACTIVITY_DELTA", messageId: "wf-run-1", activityType: STATUS, patch: [...patch] };
}

export function boardHas(path: string, value: Json): AgUiEvent {
  const patch = [{ op: "add", path, value }] as const;
  return { type: "ACTIVITY_DELTA", messageId: "wf-run-1", activityType: STATUS, patch: [...patch] };
}

export function runIs(status: string, more: JsonObject = {}): AgUiEvent {
  const patch = Object.entries({ status, ...more }).map(
    ([key, value]) => ({ op: "add", path: `/${key}`, value }) as const,
  );
  return { type: "ACTIVITY_DELTA", messageId: "wf-run-1", activityType: STATUS, patch };
}

export const ATTEMPTS: readonly AgUiEvent[] = [
  {
    type: "SUBAGENT_STARTED",
    subagentRunId: "run-1:scout:1",
    name: "scout",
    metadata: { title: "CRM scout", attempt: 1 },
    timestamp: 1000,
  },
  {
    type: "TOOL_CALL_START",
    toolCallId: "run-1:scout:1:t1",
    toolCallName: "crm_find_account",
    subagentRunId: "run-1:scout:1",
  },
  { type: "TOOL_CALL_ARGS", toolCallId: "run-1:scout:1:t1", delta: '{"ref":' },
  { type: "TOOL_CALL_ARGS", toolCallId: "run-1:scout:1:t1", delta: '"ACC-001"}' },
  {
    type: "TOOL_CALL_RESULT",
    toolCallId: "run-1:scout:1:t1",
    content: '{"id":"5"}',
    metadata: { executionTimeMs: 12.5 },
  },
  {
    type: "SUBAGENT_ERROR",
    subagentRunId: "run-1:scout:1",
    message: "The CRM was away.",
    code: "agent_failed",
    metadata: { attempt: 1, recoverable: true },
    timestamp: 2000,
  },
  {
    type: "SUBAGENT_STARTED",
    subagentRunId: "run-1:scout:2",
    name: "scout",
    metadata: { title: "CRM scout", attempt: 2 },
    timestamp: 3000,
  },
  { type: "TEXT_MESSAGE_START", messageId: "m1", subagentRunId: "run-1:scout:2" },
  { type: "TEXT_MESSAGE_CONTENT", messageId: "m1", delta: "I read\n**Halv" },
  { type: "TEXT_MESSAGE_CONTENT", messageId: "m1", delta: "orsen** Freight.\n" },
  { type: "SUBAGENT_FINISHED", subagentRunId: "run-1:scout:2", timestamp: 5000 },
];
