/** Recognizes the two requests of CopilotKit whose answer is a stream, and continues them. */
import { isJsonObject, type Json, type JsonObject, parseJson } from "./json";

export interface StreamRequest {
  readonly kind: "run" | "connect";
  readonly runId: string;
  readonly threadId: string;
  /** The same request once more, as a `connect` from a cursor if there is one. */
  again(lastEventId: string | undefined): { readonly url: string; readonly init: RequestInit };
  /** The same for a WebSocket; undefined for a run of which nothing has come yet. */
  socketMessage(lastEventId: string | undefined): JsonObject | undefined;
}

/** Return what a fetch would stream from `runtimeUrl`, or undefined if it is none of ours. */
export function streamRequest(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  runtimeUrl: string,
): StreamRequest | undefined {
  if (input instanceof Request || typeof init?.body !== "string") return undefined;
  const path = pathOf(String(input));
  const base = pathOf(runtimeUrl);
  const body = parseJson(init.body);
  if (path === undefined || base === undefined || !isJsonObject(body)) return undefined;
  if (path === base) return singleRoute(String(input), init, body);
  const match = /^\/agent\/([^/]+)\/(run|connect)$/.exec(path.slice(base.length));
  if (!path.startsWith(base) || match === null) return undefined;
  const joinUrl = String(input).replace(/\/run$/, "/connect");
  const kind = match[2] === "run" ? "run" : "connect";
  return {
    kind,
    ...idsOf(body),
    socketMessage: socketMessage(kind, decodeURIComponent(match[1] ?? ""), body),
    again: (lastEventId) =>
      lastEventId === undefined
        ? { url: String(input), init }
        : { url: joinUrl, init: continued(init, lastEventId, withoutHistory(body)) },
  };
}

function singleRoute(
  url: string,
  init: RequestInit,
  envelope: JsonObject,
): StreamRequest | undefined {
  const { method, body } = envelope;
  if (method !== "agent/run" && method !== "agent/connect") return undefined;
  const input = isJsonObject(body) ? body : {};
  const join = { ...envelope, method: "agent/connect", body: withoutHistory(input) };
  const kind = method === "agent/run" ? "run" : "connect";
  const agentId = isJsonObject(envelope.params) ? envelope.params.agentId : undefined;
  return {
    kind,
    ...idsOf(input),
    socketMessage: socketMessage(kind, agentId, input),
    again: (lastEventId) =>
      lastEventId === undefined ? { url, init } : { url, init: continued(init, lastEventId, join) },
  };
}

function socketMessage(
  kind: StreamRequest["kind"],
  agentId: Json | undefined,
  { threadId, protocolVersion }: JsonObject,
): StreamRequest["socketMessage"] {
  const message = { type: "connect", threadId, agentId, protocolVersion };
  return (lastEventId) =>
    kind === "run" && lastEventId === undefined ? undefined : { ...message, lastEventId };
}

function continued(init: RequestInit, lastEventId: string, body: JsonObject): RequestInit {
  const headers = new Headers(init.headers);
  headers.set("Last-Event-ID", lastEventId);
  return { ...init, headers, body: JSON.stringify(body) };
}

/** The server has the thread; sending it back on every reconnect would only cost. */
function withoutHistory(input: JsonObject): JsonObject {
  return { ...input, messages: [], state: {} };
}

function pathOf(url: string): string | undefined {
  const origin = globalThis.location?.origin ?? "http://localhost";
  try {
    const parsed = new URL(url, origin);
    return `${parsed.origin}${parsed.pathname.replace(/\/$/, "")}`;
  } catch {
    return undefined;
  }
}

function idsOf({ runId, threadId }: JsonObject): { runId: string; threadId: string } {
  return {
    runId: typeof runId === "string" ? runId : "",
    threadId: typeof threadId === "string" ? threadId : "",
  };
}
