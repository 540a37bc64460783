/** What a person does to a conversation: rename, archive, restore, delete; CopilotKit's routes. */
import type { Api, Thread } from "@sergas/react";
import { z } from "zod";
import { RUNTIME_URL } from "../session/server-api";

const anything = z.unknown();

export function changeThread(
  api: Api,
  { id, agentId }: Thread,
  change: { readonly name: string } | { readonly archived: boolean },
): Promise<unknown> {
  return api.request(urlOf(id), anything, json("PATCH", { agentId, ...change }));
}

export function archiveThread(api: Api, { id, agentId }: Thread): Promise<unknown> {
  return api.request(`${urlOf(id)}/archive`, anything, json("POST", { agentId }));
}

export function deleteThread(api: Api, { id, agentId }: Thread): Promise<unknown> {
  return api.request(urlOf(id), anything, json("DELETE", { agentId }));
}

function urlOf(id: string): string {
  return `${RUNTIME_URL}/threads/${encodeURIComponent(id)}`;
}

function json(method: string, body: Record<string, string | boolean>): RequestInit {
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}
