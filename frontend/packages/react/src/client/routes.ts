/** Addresses of the server's routes, checked against its OpenAPI document when this is compiled. */
import type { Routes } from "./api-schema";

export type Route = keyof Routes;
export type Place<R extends Route> = Pick<Routes[R], "path" | "query">;

/** The URL of a route below `apiUrl`, which is where the server's `/api` is. */
export function routeUrl<R extends Route>(
  apiUrl: string,
  route: R,
  { path, query }: Place<R>,
): string {
  let address = route.slice(route.indexOf(" ") + "/api".length + 1);
  for (const [name, value] of Object.entries(path)) {
    address = address.replace(`{${name}}`, encodeURIComponent(String(value)));
  }
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const values = Array.isArray(value) ? value : [value];
    for (const one of values) if (one !== undefined) search.append(name, String(one));
  }
  return search.size === 0 ? `${apiUrl}${address}` : `${apiUrl}${address}?${search}`;
}
