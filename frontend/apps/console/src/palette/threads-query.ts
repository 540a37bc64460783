/** The conversations to find one in; the rail follows the same list live. */
import type { Api } from "@sergas/react";

export async function readThreads(api: Api) {
  const page = await api.ask("GET /api/copilotkit/threads", { path: {}, query: { limit: 200 } });
  return page.threads;
}
