/** What a person does to a conversation; the routes are CopilotKit's. */
import { type Api, json } from "./api";
import type { Thread } from "./api-schema";

export function changeThread(
  api: Api,
  { id, agentId }: Thread,
  change: { readonly name: string } | { readonly archived: false },
): Promise<unknown> {
  const body = json("PATCH", { agentId, ...change });
  return api.ask("PATCH /api/copilotkit/threads/{thread_id}", ofThread(id), body);
}

export function archiveThread(api: Api, { id, agentId }: Thread): Promise<unknown> {
  const body = json("POST", { agentId });
  return api.ask("POST /api/copilotkit/threads/{thread_id}/archive", ofThread(id), body);
}

export function deleteThread(api: Api, { id, agentId }: Thread): Promise<unknown> {
  const body = json("DELETE", { agentId });
  return api.ask("DELETE /api/copilotkit/threads/{thread_id}", ofThread(id), body);
}

function ofThread(id: string) {
  return { path: { thread_id: id }, query: {} };
}
