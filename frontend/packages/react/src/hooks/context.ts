import { createContext } from "react";
import type { LiveRuns } from "./live-runs";
import type { CopilotAgent, EnhancedActions } from "./use-actions";

export interface EnhancedAgent extends LiveRuns {
  readonly agent: CopilotAgent;
  readonly actions: EnhancedActions;
}

export const EnhancedAgentContext = createContext<EnhancedAgent | undefined>(undefined);
