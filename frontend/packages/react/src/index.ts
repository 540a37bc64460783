/** Live, resumable multi-agent runs for React, on CopilotKit. */
export { type Answer, type Api, createApi } from "./client/api";
export { ApiError, type Problem, problemFrom } from "./client/api-error";
export { ANSWERS, type Routes, type RunStatus, type Thread, type Usage } from "./client/api-schema";
export type { Budget, BudgetLimit } from "./client/budget";
export type { Interrupt, InterruptAnswer } from "./client/interrupts";
export type { Json, JsonObject } from "./client/json";
export { isJsonObject } from "./client/json";
export type { ClientMetrics, Measure, MeasureSummary } from "./client/meter";
export { isActive, type RunRecord } from "./client/run-record";
export { bearer, createTokenStore, type TokenStore, takeToken } from "./client/token";
export { AgentCard } from "./components/agent-card";
export { ApprovalCard, type ApprovalCardProps } from "./components/approval-card";
export { BudgetBars } from "./components/budget-bars";
export { ChangeTable } from "./components/change-table";
export { ConnectionBadge } from "./components/connection-badge";
export { CopilotOnRuns, type CopilotOnRunsProps } from "./components/copilot-on-runs";
export { CopyButton } from "./components/copy-button";
export {
  EnhancedCopilotProvider,
  type EnhancedCopilotProviderProps,
} from "./components/enhanced-copilot-provider";
export { EventLog } from "./components/event-log";
export { FaultNotice } from "./components/fault-notice";
export { InterruptCard, type InterruptCardProps } from "./components/interrupt-card";
export { ProgressBar } from "./components/progress-bar";
export { QueueNote } from "./components/queue-note";
export { RealTimeAgentDashboard } from "./components/real-time-agent-dashboard";
export { RUN_ACTIVITIES } from "./components/run-activities";
export { RunControls } from "./components/run-controls";
export { RunError } from "./components/run-error";
export { RunErrorBoundary, type RunErrorBoundaryProps } from "./components/run-error-boundary";
export { RunRenders } from "./components/run-renders";
export { RunsProvider, type RunsProviderProps } from "./components/runs-provider";
export { StartButton } from "./components/start-button";
export { StateInspector } from "./components/state-inspector";
export { StatusIcon } from "./components/status-icon";
export { StatusPill } from "./components/status-pill";
export { ThreadEdit, type ThreadEditMode, type ThreadEditProps } from "./components/thread-edit";
export { ThreadItem, type ThreadItemProps } from "./components/thread-item";
export { ThreadList, type ThreadListProps } from "./components/thread-list";
export { ThreadTools, type ThreadToolsProps } from "./components/thread-tools";
export { TimelineView } from "./components/timeline-view";
export { TONE_SOFT, TONE_TEXT } from "./components/tones";
export { ToolCall } from "./components/tool-call";
export { WorkflowCard } from "./components/workflow-card";
export type { EnhancedAgent } from "./hooks/context";
export { type LiveRuns, useLiveRuns } from "./hooks/live-runs";
export { useTexts } from "./hooks/texts";
export type { EnhancedActions, StartRequest } from "./hooks/use-actions";
export { type Answers, useAnswers } from "./hooks/use-answers";
export { useBudget } from "./hooks/use-budget";
export { useClientMetrics } from "./hooks/use-client-metrics";
export { useEnhancedAgent } from "./hooks/use-enhanced-agent";
export { useNow } from "./hooks/use-now";
export type { HeadersSource } from "./hooks/use-request-headers";
export { type LiveRun, useRun } from "./hooks/use-run";
export type { RunActions } from "./hooks/use-run-actions";
export { type FollowedRun, useRunView } from "./hooks/use-run-view";
export { type Runs, type RunsFilter, useRuns } from "./hooks/use-runs";
export { type Subagents, useSubagents } from "./hooks/use-subagents";
export type { ThreadChanges } from "./hooks/use-thread-changes";
export { type Threads, useThreadList } from "./hooks/use-thread-list";
export type { AgentView } from "./state/agent-views";
export { agentViews } from "./state/agent-views";
export type { BudgetShare, BudgetView } from "./state/budget-view";
export type { Connection, ConnectionStatus } from "./state/connection";
export { changesIn, type FieldChange } from "./state/diff";
export type { EnhancedState } from "./state/enhanced-state";
export type { LogEntry } from "./state/event-log";
export { type Fault, faultFrom } from "./state/fault";
export type { FaultText, FaultTexts } from "./state/fault-texts";
export { formatAgo, formatCount, formatDuration, formatUsd, shortId } from "./state/format";
export {
  type LostAttempt,
  lostAttempt,
  parseSubagentRunId,
  type SubagentRunId,
} from "./state/lost-attempt";
export type { OwnTexts } from "./state/own-texts";
export { askedCalls, type Reply, withArguments } from "./state/question";
export type { RunView } from "./state/run-view";
export { speakerOf } from "./state/speaker";
export { TEXTS, type Texts } from "./state/texts";
export { timelineOf } from "./state/timeline";
export { RUN_WORDS, type Tone } from "./state/words";
export {
  WORKFLOW_STATUS,
  type WorkflowStatus,
  workflowStatusSchema,
} from "./state/workflow-status";
