/** What a person does to a conversation; the routes are CopilotKit's. */
import { z } from "zod";
import type { Api } from "./api";
import type { Thread } from "./threads";

const anything = z.unknown();

export function changeThread(
  api: Api,
  { id, agentId }: Thread,
  change: { readonly name: string } | { readonly archived: false },
): Promise<unknown> {
  return api.request(urlOf(api, id), anything, json("PATCH", { agentId, ...change }));
}

export function archiveThread(api: Api, { id, agentId }: Thread): Promise<unknown> {
  return api.request(`${urlOf(api, id)}/archive`, anything, json("POST", { agentId }));
}

export function deleteThread(api: Api, { id, agentId }: Thread): Promise<unknown> {
  return api.request(urlOf(api, id), anything, json("DELETE", { agentId }));
}

function urlOf({ options }: Api, id: string): string {
  return `${options.runtimeUrl}/threads/${encodeURIComponent(id)}`;
}

function json(method: string, body: Record<string, string | boolean>): RequestInit {
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}
