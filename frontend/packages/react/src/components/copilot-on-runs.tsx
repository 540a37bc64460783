import { CopilotKitProvider } from "@copilotkit/react-core/v2";
import type { ReactNode } from "react";
import { useLiveRuns } from "../hooks/live-runs";
import { EnhancedBridge } from "./enhanced-bridge";
import { type ActivityRenders, RUN_ACTIVITIES } from "./run-activities";

export interface CopilotOnRunsProps {
  readonly agentId?: string | undefined;
  readonly renderActivityMessages?: ActivityRenders | undefined;
  readonly children: ReactNode;
}

/** CopilotKit inside a `RunsProvider`: what `EnhancedCopilotProvider` adds, for loading it late. */
export function CopilotOnRuns(props: CopilotOnRunsProps) {
  const { agentId = "default", renderActivityMessages = RUN_ACTIVITIES, children } = props;
  const { runtimeUrl, headers } = useLiveRuns().api.options;
  return (
    <CopilotKitProvider
      runtimeUrl={runtimeUrl}
      headers={headers}
      enableInspector={false}
      renderActivityMessages={renderActivityMessages}
    >
      <EnhancedBridge agentId={agentId}>{children}</EnhancedBridge>
    </CopilotKitProvider>
  );
}
