import { type useAgent, useCopilotKit } from "@copilotkit/react-core/v2";
import { useMemo } from "react";
import type { RunActions } from "./use-run-actions";

export type CopilotAgent = ReturnType<typeof useAgent>["agent"];

export interface StartRequest {
  readonly message: string;
  readonly workflow?: string;
  readonly agents?: readonly string[];
}

export interface EnhancedActions extends RunActions {
  /** Say something in the thread and start the run that answers it. */
  startWorkflow(request: StartRequest): Promise<void>;
}

export function useActions(agent: CopilotAgent, actions: RunActions): EnhancedActions {
  const { copilotkit } = useCopilotKit();
  return useMemo(
    () => ({
      ...actions,
      async startWorkflow({ message, workflow, agents }) {
        agent.addMessage({ id: crypto.randomUUID(), role: "user", content: message });
        const forwardedProps = { ...(workflow && { workflow }), ...(agents && { agents }) };
        await copilotkit.runAgent({ agent, forwardedProps });
      },
    }),
    [agent, actions, copilotkit],
  );
}
