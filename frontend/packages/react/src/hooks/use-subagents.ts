import { useCallback, useMemo } from "react";
import { type AgentView, agentViews } from "../state/agent-views";
import { useLiveRuns } from "./live-runs";
import { useRunView } from "./use-run-view";

export interface Subagents {
  /** One for each agent of the run, with its attempts, tool calls and what it said last. */
  readonly agents: readonly AgentView[];
  /** Stop one agent; the run goes on if it can do without. */
  readonly stop: (agent: string) => Promise<void>;
}

const NONE: readonly AgentView[] = [];

/** The agents of a run, live; without an id, of the run that is shown. */
export function useSubagents(runId?: string): Subagents {
  const { actions } = useLiveRuns();
  const { id, run } = useRunView(runId);
  const agents = useMemo(() => (run === undefined ? NONE : agentViews(run)), [run]);
  const stop = useCallback(
    async (agent: string) => {
      if (id !== undefined) await actions.stopAgent(id, agent);
    },
    [actions, id],
  );
  return { agents, stop };
}
