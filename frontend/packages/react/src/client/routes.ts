/** Addresses of the server's routes, checked against its OpenAPI document when this is compiled. */
import type { Routes } from "./api-schema";

export type Route = keyof Routes;
export type Place<R extends Route> = Pick<Routes[R], "path" | "query">;

/** Where the server is: its runtime for CopilotKit, and what is below its `/api`. */
export interface Bases {
  readonly runtimeUrl: string;
  readonly apiUrl: string;
}

const RUNTIME = "/api/copilotkit";
const API = "/api";

export function routeUrl<R extends Route>(
  bases: Bases,
  route: R,
  { path, query }: Place<R>,
): string {
  let address = addressOf(bases, route.slice(route.indexOf(" ") + 1));
  for (const [name, value] of Object.entries(path)) {
    address = address.replace(`{${name}}`, encodeURIComponent(String(value)));
  }
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) if (one !== undefined) search.append(name, String(one));
  }
  return search.size === 0 ? address : `${address}?${search}`;
}

function addressOf({ runtimeUrl, apiUrl }: Bases, path: string): string {
  if (path.startsWith(RUNTIME)) return runtimeUrl + path.slice(RUNTIME.length);
  if (path.startsWith(API)) return apiUrl + path.slice(API.length);
  return apiUrl.replace(/\/api$/, "") + path;
}
