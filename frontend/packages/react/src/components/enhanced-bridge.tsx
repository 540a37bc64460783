import { useAgent } from "@copilotkit/react-core/v2";
import { type ReactNode, useEffect, useMemo } from "react";
import { EnhancedAgentContext } from "../hooks/context";
import { useLiveRuns } from "../hooks/live-runs";
import { useActions } from "../hooks/use-actions";
import { useJoinNewest } from "../hooks/use-join-newest";

export interface EnhancedBridgeProps {
  readonly agentId: string;
  readonly children: ReactNode;
}

/** Joins CopilotKit's agent with our runs; lives inside CopilotKit's own provider. */
export function EnhancedBridge({ agentId, children }: EnhancedBridgeProps) {
  // The run panel reads the log; CopilotKit's messages would redraw it for every token.
  const { agent } = useAgent({ agentId, updates: [] });
  const runs = useLiveRuns();
  const { threadId } = runs;
  useEffect(() => {
    // CopilotChat does the same; a page without one has nobody else to do it.
    if (threadId !== undefined) agent.threadId = threadId;
  }, [agent, threadId]);
  useJoinNewest(agent, runs);
  const actions = useActions(agent, runs.actions);
  const value = useMemo(() => ({ ...runs, agent, actions }), [runs, agent, actions]);
  return <EnhancedAgentContext value={value}>{children}</EnhancedAgentContext>;
}
