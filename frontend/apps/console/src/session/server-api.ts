/** The server's own description: what the welcome screen and the rail say about it. */
import { type Api, bearer, createApi } from "@sergas/react";
import { z } from "zod";

export const RUNTIME_URL = "/api/copilotkit";

const infoSchema = z.object({
  version: z.string().catch(""),
  threadEndpoints: z.object({ mutations: z.boolean().catch(false) }).catch({ mutations: false }),
});
const healthSchema = z.object({ runtime: z.string().catch(""), model: z.string().catch("") });

export interface Server {
  readonly version: string;
  readonly canChangeThreads: boolean;
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
  const info = await api.request(`${RUNTIME_URL}/info`, infoSchema);
  // A degraded server answers 503 here; the page works without these two words.
  const health = await api
    .request("/health/enhanced", healthSchema)
    .catch(() => ({ runtime: "", model: "" }));
  return {
    version: info.version,
    canChangeThreads: info.threadEndpoints.mutations,
    runtime: health.runtime,
    model: health.model,
  };
}
