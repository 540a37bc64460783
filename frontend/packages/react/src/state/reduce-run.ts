/** The fold of a run's event log. Pure: the same events always give the same view. */

import type { RunStatus } from "../client/api-schema";
import type { AgUiEvent } from "../client/events";
import type { JsonObject } from "../client/json";
import type { LoggedEvent } from "../client/listener";
import { withLogged } from "./event-log";
import { applyPatch } from "./json-patch";
import { reduceAgents } from "./reduce-agents";
import { faultOf, type RunView } from "./run-view";
import { parseWorkflowStatus, WORKFLOW_STATUS } from "./workflow-status";

/** Fold one event in; what is not newer than the view is passed over. */
export function reduceRun(run: RunView, { cursor, event }: LoggedEvent): RunView {
  if (cursor.seq <= run.seq) return run;
  const log = withLogged(run.log, event, cursor.seq);
  return { ...reduceEvent(run, event), seq: cursor.seq, log };
}

function reduceEvent(run: RunView, event: AgUiEvent): RunView {
  switch (event.type) {
    case "RUN_STARTED":
      return {
        ...run,
        threadId: event.threadId,
        status: "running",
        fault: undefined,
        interrupts: [],
      };
    case "RUN_FINISHED": {
      const status = finishedAs(run, event.outcome?.type, event.metadata);
      return { ...run, status, interrupts: event.outcome?.interrupts ?? [] };
    }
    case "RUN_ERROR":
      return reduceRunError(run, event);
    case "MESSAGES_SNAPSHOT":
      return withoutWithdrawn(run, event.messages);
    case "STATE_SNAPSHOT":
      return { ...run, state: event.snapshot };
    case "STATE_DELTA":
      return { ...run, state: applyPatch(run.state, event.delta) };
    case "ACTIVITY_SNAPSHOT":
      return withActivity(run, event.activityType, () => event.content);
    case "ACTIVITY_DELTA":
      return withActivity(run, event.activityType, () => applyPatch(run.activity, event.patch));
    default:
      return reduceAgents(run, event);
  }
}

/** What an attempt said and the next one says again is no longer part of the conversation. */
function withoutWithdrawn(run: RunView, told: readonly { readonly id: string }[]): RunView {
  const ids = new Set(told.map(({ id }) => id));
  return { ...run, messages: run.messages.filter(({ id }) => ids.has(id)) };
}

function withActivity(run: RunView, type: string, next: () => RunView["activity"]): RunView {
  if (type !== WORKFLOW_STATUS) return run;
  const activity = next();
  const workflow = parseWorkflowStatus(activity) ?? run.workflow;
  return { ...run, activity, workflow, status: workflow?.status ?? run.status };
}

function reduceRunError(run: RunView, event: Extract<AgUiEvent, { type: "RUN_ERROR" }>): RunView {
  const status = run.status === "cancelled" ? "cancelled" : "failed";
  return { ...run, status, fault: faultOf(event) };
}

/** CopilotKit's dialect cannot say "cancelled" in the outcome, so the activity is asked as well. */
function finishedAs(
  run: RunView,
  outcome: string | undefined,
  metadata: JsonObject | undefined,
): RunStatus {
  if (outcome === "cancelled" || metadata?.cancelled === true) return "cancelled";
  if (outcome === "interrupt") return "interrupted";
  return run.status === "running" || run.status === "queued" ? "completed" : run.status;
}
