/** The server's own description: what the welcome screen and the rail say about it. */
import { type Api, bearer, createApi } from "@sergas/react";
import { type OfferedAgent, offeredAgents } from "./offered-agents";

export const RUNTIME_URL = "/api/copilotkit";
const NOWHERE = { path: {}, query: {} };

export interface Server {
  readonly version: string;
  readonly canChangeThreads: boolean;
  /** Whether it has accounts to look up and writes briefs: it serves the account copilot. */
  readonly hasAccounts: boolean;
  readonly agents: readonly OfferedAgent[];
  /** What the agents think with: `rules`, or the name of a model. */
  readonly runtime: string;
  readonly model: string;
}

export function consoleApi(token: string | undefined): Api {
  return createApi({
    runtimeUrl: RUNTIME_URL,
    apiUrl: "/api",
    headers: () => bearer(token),
    fetch: (input, init) => window.fetch(input, init),
  });
}

export async function readServer(api: Api): Promise<Server> {
  const info = await api.ask("GET /api/copilotkit/info", NOWHERE);
  // A degraded server answers 503 here; the page works without these two words.
  const { runtime, model } = await api
    .ask("GET /health/enhanced", NOWHERE)
    .catch(() => ({ runtime: "", model: "" }));
  return {
    version: info.version,
    canChangeThreads: info.threadEndpoints.mutations === true,
    hasAccounts: info.accounts,
    agents: offeredAgents(info),
    runtime,
    model,
  };
}
