import type { useAgent } from "@copilotkit/react-core/v2";
import { createContext } from "react";
import type { LiveRuns } from "./live-runs";
import type { EnhancedActions } from "./use-actions";

export type CopilotAgent = ReturnType<typeof useAgent>["agent"];

export interface EnhancedAgent extends LiveRuns {
  readonly agent: CopilotAgent;
  readonly actions: EnhancedActions;
}

export const EnhancedAgentContext = createContext<EnhancedAgent | undefined>(undefined);
