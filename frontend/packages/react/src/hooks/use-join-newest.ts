import { useCopilotKit } from "@copilotkit/react-core/v2";
import { useEffect, useRef } from "react";
import type { LiveRuns } from "./live-runs";
import type { CopilotAgent } from "./use-actions";

/**
 * Let the conversation catch up with a run that began elsewhere: a retry, another tab, the API.
 * CopilotKit joins a thread once, when it opens; after that nobody tells it.
 */
export function useJoinNewest(agent: CopilotAgent, runs: LiveRuns): void {
  const { copilotkit } = useCopilotKit();
  const tried = useRef<string>(undefined);
  const { newestRunId: newest, joinedRunId: joined } = runs;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a fresh list is the moment to look again.
  useEffect(() => {
    const isBehind = newest !== undefined && joined !== undefined && newest !== joined;
    if (!isBehind || agent.isRunning || tried.current === newest) return;
    tried.current = newest;
    void copilotkit.connectAgent({ agent });
  }, [newest, joined, agent, copilotkit, runs.state.records]);
}
