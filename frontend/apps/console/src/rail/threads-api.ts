/** Conversations: list, rename, archive, restore, delete; CopilotKit's thread routes. */
import type { Api } from "@sergas/react";
import { z } from "zod";
import { RUNTIME_URL } from "../session/server-api";

const threadSchema = z.object({
  id: z.string(),
  name: z.string().nullable().catch(null),
  agentId: z.string().catch("default"),
  archived: z.boolean().catch(false),
  updatedAt: z.string(),
  lastRunAt: z.string().optional(),
});
export type Thread = z.infer<typeof threadSchema>;

const pageSchema = z.object({
  threads: z.array(threadSchema),
  nextCursor: z.string().nullable().catch(null),
});
export type ThreadPage = z.infer<typeof pageSchema>;
const anything = z.unknown();

export interface ThreadQuery {
  readonly cursor: string | undefined;
  readonly includeArchived: boolean;
}

export function listThreads(api: Api, { cursor, includeArchived }: ThreadQuery) {
  const query = new URLSearchParams({ limit: "50", includeArchived: String(includeArchived) });
  if (cursor !== undefined) query.set("cursor", cursor);
  return api.request(`${RUNTIME_URL}/threads?${query}`, pageSchema);
}

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
