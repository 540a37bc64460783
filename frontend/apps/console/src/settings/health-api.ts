/** How the server is: components, what it thinks with, what it allows. */
import type { Api } from "@sergas/react";
import { z } from "zod";

const componentSchema = z.object({
  status: z.string(),
  detail: z.string().catch(""),
  ms: z.number().optional(),
});
const providerSchema = z.object({
  state: z.string(),
  faults: z.number().catch(0),
  retryAfter: z.number().nullish(),
});
const healthSchema = z.object({
  status: z.string(),
  version: z.string().catch(""),
  runtime: z.string().catch(""),
  model: z.string().catch(""),
  active_workflows: z.number().catch(0),
  components: z.record(componentSchema).catch({}),
  providers: z.record(providerSchema).catch({}),
  memory: z.object({ rss_bytes: z.number() }).optional().catch(undefined),
  workflows: z.array(z.string()).catch([]),
  limits: z.record(z.union([z.number(), z.string(), z.null()])).catch({}),
});
export type Health = z.infer<typeof healthSchema>;

/** A server that is not well answers 503, and says in the same words what is wrong. */
export async function readHealth(api: Api): Promise<Health> {
  const headers = api.options.headers();
  const response = await api.options.fetch("/health/enhanced", { headers });
  return healthSchema.parse(await response.json());
}
