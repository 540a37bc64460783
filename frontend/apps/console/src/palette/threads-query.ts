/** The conversations to find one in; the rail follows the same list live. */
import type { Api } from "@sergas/react";
import { z } from "zod";
import { RUNTIME_URL } from "../session/server-api";

const pageSchema = z.object({
  threads: z.array(
    z.object({
      id: z.string(),
      name: z.string().nullable().catch(null),
      updatedAt: z.string(),
      lastRunAt: z.string().optional(),
    }),
  ),
});

export async function readThreads(api: Api) {
  return (await api.request(`${RUNTIME_URL}/threads?limit=200`, pageSchema)).threads;
}
