import { useContext } from "react";
import { type EnhancedAgent, EnhancedAgentContext } from "./context";

/** Everything about the runs of this page; throws outside `EnhancedCopilotProvider`. */
export function useEnhancedAgent(): EnhancedAgent {
  const enhanced = useContext(EnhancedAgentContext);
  if (enhanced === undefined) {
    throw new Error("useEnhancedAgent must be used inside <EnhancedCopilotProvider>.");
  }
  return enhanced;
}
