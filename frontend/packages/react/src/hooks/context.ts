import type { useAgent } from "@copilotkit/react-core/v2";
import { createContext, type Dispatch } from "react";
import type { Api } from "../client/api";
import type { Transport } from "../client/transport";
import type { EnhancedAction } from "../state/dashboard";
import type { EnhancedState } from "../state/enhanced-state";
import type { EnhancedActions } from "./use-actions";

export type CopilotAgent = ReturnType<typeof useAgent>["agent"];

export interface EnhancedAgent {
  readonly state: EnhancedState;
  readonly dispatch: Dispatch<EnhancedAction>;
  readonly agent: CopilotAgent;
  readonly actions: EnhancedActions;
  readonly api: Api;
  readonly transport: Transport;
  readonly threadId: string | undefined;
  /** The run that the panel shows: the one that was picked, or the newest of the thread. */
  readonly shownRunId: string | undefined;
}

export const EnhancedAgentContext = createContext<EnhancedAgent | undefined>(undefined);
