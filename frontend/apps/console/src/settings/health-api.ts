/** How the server is: components, what it thinks with, what it allows. */
import { ANSWERS, type Answer, type Api } from "@sergas/react";

export type Health = Answer<"GET /health/enhanced">;

/** A server that is not well answers 503, and says in the same words what is wrong. */
export async function readHealth(api: Api): Promise<Health> {
  const headers = api.options.headers();
  const response = await api.options.fetch("/health/enhanced", { headers });
  return ANSWERS["GET /health/enhanced"].parse(await response.json());
}
