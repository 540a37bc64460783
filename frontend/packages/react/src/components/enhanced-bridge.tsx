import { useAgent } from "@copilotkit/react-core/v2";
import { type Dispatch, type ReactNode, useEffect, useMemo } from "react";
import type { Api } from "../client/api";
import type { Transport } from "../client/transport";
import { EnhancedAgentContext } from "../hooks/context";
import { useActions } from "../hooks/use-actions";
import { useJoinNewest } from "../hooks/use-join-newest";
import { useRunFeed, useThreadRun } from "../hooks/use-run-feed";
import { useRunRecords } from "../hooks/use-run-records";
import type { Dashboard, EnhancedAction } from "../state/dashboard";
import { enhancedState, newestRunOf } from "../state/enhanced-state";

export interface EnhancedBridgeProps {
  readonly agentId: string;
  readonly threadId: string | undefined;
  readonly runId: string | undefined;
  readonly dashboard: Dashboard;
  readonly dispatch: Dispatch<EnhancedAction>;
  readonly transport: Transport;
  readonly api: Api;
  readonly children: ReactNode;
}

/** Joins CopilotKit's agent with our dashboard; lives inside CopilotKit's own provider. */
export function EnhancedBridge(props: EnhancedBridgeProps) {
  const { agentId, threadId, runId, dashboard, dispatch, transport, api, children } = props;
  // The run panel reads the log; CopilotKit's messages would redraw it for every token.
  const { agent } = useAgent({ agentId, updates: [] });
  const shownRunId = runId ?? (threadId ? newestRunOf(threadId, dashboard) : undefined);
  const refresh = useRunRecords(api, dashboard, dispatch);
  useThreadRun(threadId, api, dispatch);
  useRunFeed({ runId: shownRunId, dashboard, api, transport, dispatch });
  useEffect(() => {
    // CopilotChat does the same; a page without one has nobody else to do it.
    if (threadId !== undefined) agent.threadId = threadId;
  }, [agent, threadId]);
  useEffect(() => {
    // The server answers again, so whoever waits for it need not wait longer.
    if (dashboard.isReachable === "yes") transport.reconnect();
  }, [dashboard.isReachable, transport]);
  useJoinNewest({ agent, threadId, dashboard });
  const actions = useActions({ agent, api, transport, dispatch, refresh });
  const state = useMemo(() => enhancedState(dashboard), [dashboard]);
  const value = useMemo(
    () => ({ state, dispatch, agent, actions, api, transport, threadId, shownRunId }),
    [state, dispatch, agent, actions, api, transport, threadId, shownRunId],
  );
  return <EnhancedAgentContext value={value}>{children}</EnhancedAgentContext>;
}
