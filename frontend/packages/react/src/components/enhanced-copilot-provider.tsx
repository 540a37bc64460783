import { CopilotOnRuns, type CopilotOnRunsProps } from "./copilot-on-runs";
import { RunsProvider, type RunsProviderProps } from "./runs-provider";

export type EnhancedCopilotProviderProps = RunsProviderProps & CopilotOnRunsProps;

/** CopilotKit with streams that survive, and the state of every run beside it. */
export function EnhancedCopilotProvider({
  agentId,
  renderActivityMessages,
  children,
  ...runs
}: EnhancedCopilotProviderProps) {
  return (
    <RunsProvider {...runs}>
      <CopilotOnRuns agentId={agentId} renderActivityMessages={renderActivityMessages}>
        {children}
      </CopilotOnRuns>
    </RunsProvider>
  );
}
