import { useConfigureSuggestions } from "@copilotkit/react-core/v2";
import type { OfferedAgent } from "../session/offered-agents";
import { useServerInfo } from "../session/server-context";
import { isCopilot } from "./chat-words";
import { SUGGESTIONS } from "./suggestions";

/** What could be said first: of the account copilot the page knows it, others say it themselves. */
export function useAgentSuggestions(agent: OfferedAgent): void {
  const server = useServerInfo();
  const told = isCopilot(server, agent)
    ? { suggestions: SUGGESTIONS.map(({ title, message }) => ({ title, message })) }
    : { instructions: "", maxSuggestions: 3, providerAgentId: agent.id };
  useConfigureSuggestions({
    ...told,
    consumerAgentId: agent.id,
    available: "before-first-message",
  });
}
