/** Conversations: list, rename, archive, delete; CopilotKit's thread routes. */
import type { Api } from "@sergas/react";
import { z } from "zod";
import { RUNTIME_URL } from "../session/server-api";

const threadSchema = z.object({
  id: z.string(),
  name: z.string().nullable().catch(null),
  agentId: z.string().catch("default"),
  updatedAt: z.string(),
  lastRunAt: z.string().optional(),
});
export type Thread = z.infer<typeof threadSchema>;

const listSchema = z.object({ threads: z.array(threadSchema) });
const anything = z.unknown();

export async function listThreads(api: Api): Promise<readonly Thread[]> {
  return (await api.request(`${RUNTIME_URL}/threads?limit=50`, listSchema)).threads;
}

export function renameThread(api: Api, { id, agentId }: Thread, name: string): Promise<unknown> {
  return api.request(urlOf(id), anything, json("PATCH", { agentId, name }));
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

function json(method: string, body: Record<string, string>): RequestInit {
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}
