import { useCopilotKit } from "@copilotkit/react-core/v2";
import { useEffect, useRef } from "react";
import type { Dashboard } from "../state/dashboard";
import { newestRunOf } from "../state/enhanced-state";
import type { CopilotAgent } from "./context";

interface JoinNewest {
  readonly agent: CopilotAgent;
  readonly threadId: string | undefined;
  readonly dashboard: Dashboard;
}

/**
 * Let the conversation catch up with a run that began elsewhere: a retry, another tab, the API.
 * CopilotKit joins a thread once, when it opens; after that nobody tells it.
 */
export function useJoinNewest({ agent, threadId, dashboard }: JoinNewest): void {
  const { copilotkit } = useCopilotKit();
  const tried = useRef<string>(undefined);
  const newest = threadId === undefined ? undefined : newestRunOf(threadId, dashboard);
  const joined = threadId === undefined ? undefined : dashboard.joined[threadId];
  // biome-ignore lint/correctness/useExhaustiveDependencies: a fresh list is the moment to look again.
  useEffect(() => {
    const isBehind = newest !== undefined && joined !== undefined && newest !== joined;
    if (!isBehind || agent.isRunning || tried.current === newest) return;
    tried.current = newest;
    void copilotkit.connectAgent({ agent });
  }, [newest, joined, agent, copilotkit, dashboard.records]);
}
