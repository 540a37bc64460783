/** The state that `useEnhancedAgent` shows, worked out from the dashboard. */
import { isActive, type RunRecord } from "../client/run-record";
import { type Connection, type ConnectionStatus, connectionOf } from "./connection";
import type { Dashboard } from "./dashboard";
import type { Fault } from "./fault";
import { errorRateOf, type Metrics, throughputOf } from "./metrics";
import type { RunView } from "./run-view";
import type { AgentStatus } from "./workflow-status";

export interface ActiveWorkflow {
  readonly id: string;
  readonly title: string;
  readonly threadId: string;
  readonly status: RunRecord["status"];
  /** Undefined for a run whose stream this page does not read. */
  readonly progress: number | undefined;
}

export interface EnhancedState extends RunsState {
  /** In the words of the page. */
  readonly lastError: Fault | null;
}

export interface RunsState {
  readonly activeWorkflows: readonly ActiveWorkflow[];
  readonly agentStatuses: Readonly<Record<string, AgentStatus>>;
  readonly connectionStatus: ConnectionStatus;
  readonly connection: Connection;
  readonly metrics: Metrics;
  readonly runs: Readonly<Record<string, RunView>>;
  readonly records: readonly RunRecord[] | undefined;
  readonly hasOlderRecords: boolean;
  /** Runs whose own stream this page holds. */
  readonly ownRuns: readonly string[];
  readonly isUnauthorized: boolean;
}

export function runsState(dashboard: Dashboard): RunsState {
  const connection = connectionOf(dashboard.links, dashboard.isReachable);
  const records = knownRecords(dashboard);
  const views = Object.values(dashboard.runs).filter(({ status }) => isActive(status));
  return {
    activeWorkflows: activeWorkflows(records ?? [], dashboard.runs),
    agentStatuses: Object.assign({}, ...views.map((run) => run.workflow?.agents ?? {})),
    connectionStatus: connection.status,
    connection,
    metrics: {
      responseTime: Math.round(dashboard.responseTimeMs),
      throughput: connection.openStreams === 0 ? 0 : throughputOf(dashboard.arrivals),
      errorRate: errorRateOf(records ?? []),
      activeConnections: connection.openStreams,
    },
    runs: dashboard.runs,
    records,
    hasOlderRecords: dashboard.hasOlderRecords,
    ownRuns: dashboard.ownRuns,
    isUnauthorized: dashboard.isUnauthorized,
  };
}

/** The server's list, with what the streams have told since it was read. */
function knownRecords({ records, runs }: Dashboard): readonly RunRecord[] | undefined {
  const listed = records?.map((record) => ({
    ...record,
    status: isActive(record.status) ? (runs[record.id]?.status ?? record.status) : record.status,
  }));
  const oldest = records?.at(-1)?.createdAt ?? "";
  const unlisted = Object.values(runs)
    .filter((run) => run.workflow !== undefined && !records?.some(({ id }) => id === run.runId))
    .map(recordOf)
    // One from before the list begins is on a later page of it.
    .filter(({ status, createdAt }) => isActive(status) || createdAt >= oldest);
  if (listed === undefined && unlisted.length === 0) return undefined;
  return [...unlisted, ...(listed ?? [])];
}

function recordOf(run: RunView): RunRecord {
  return {
    id: run.runId,
    threadId: run.threadId,
    workflow: run.workflow?.workflow ?? "",
    title: run.workflow?.title ?? "",
    status: run.status,
    agents: Object.keys(run.workflow?.agents ?? {}),
    question: "",
    usage: run.workflow?.usage,
    outcome: { interrupts: run.interrupts },
    createdAt: new Date(run.workflow?.startedAt ?? 0).toISOString(),
  };
}

function activeWorkflows(
  records: readonly RunRecord[],
  runs: Dashboard["runs"],
): readonly ActiveWorkflow[] {
  return records
    .filter(({ status }) => isActive(status))
    .map(({ id, title, threadId, status }) => ({
      id,
      title,
      threadId,
      status,
      progress: runs[id]?.workflow?.progress,
    }));
}

/** The run to show for a thread: the newest that the server lists, or one that it does not yet. */
export function newestRunOf(
  threadId: string,
  { records, seen }: Pick<Dashboard, "records" | "seen">,
): string | undefined {
  const seenId = seen[threadId];
  const listed = (records ?? []).filter((record) => record.threadId === threadId);
  const isListed = seenId === undefined || listed.some(({ id }) => id === seenId);
  return isListed ? (listed[0]?.id ?? seenId) : seenId;
}
