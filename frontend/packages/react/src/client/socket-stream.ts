/** A stream of the server over a WebSocket, in the form of a response with server-sent events. */
import { ApiError, problemOf } from "./api-error";
import { isJsonObject, type Json, type JsonObject, parseJson } from "./json";
import { encodeSseFrame } from "./sse";

export interface SocketRoute {
  readonly url: string;
  readonly headers: () => Record<string, string>;
}

/** `connect` or `follow`, as the server takes it, without its id. */
export type SocketMessage = JsonObject;

/** A page cannot see the server's pings, so it asks whether the connection lives. */
const PING_MS = 15_000;
const UNAUTHORIZED = 4401;
const encoder = new TextEncoder();

/** Resolve when the connection is open; a refusal and a loss break the body of the response. */
export function openSocketStream(
  { url, headers }: SocketRoute,
  message: SocketMessage,
  signal: AbortSignal,
): Promise<Response> {
  const socket = new WebSocket(url, protocolsOf(headers()));
  const leave = () => socket.close();
  signal.addEventListener("abort", leave);
  return new Promise((resolve, reject) => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        let isOver = false;
        const ping = setInterval(() => socket.send('{"type":"ping"}'), PING_MS);
        socket.onmessage = async ({ data }) => {
          isOver = await pass(parseJson(String(data)), controller);
          if (isOver) leave();
        };
        socket.onclose = async ({ code }) => {
          clearInterval(ping);
          signal.removeEventListener("abort", leave);
          const lost = await lossOf(code);
          reject(lost);
          // An error would throw away what nobody has read yet.
          if (!isOver) controller.error(lost);
        };
      },
      cancel: leave,
    });
    socket.onopen = () => {
      socket.send(JSON.stringify({ ...message, id: 1 }));
      resolve(new Response(body, { headers: { "Content-Type": "text/event-stream" } }));
    };
    if (signal.aborted) leave();
  });
}

/** Put what the server says into the stream, and say whether it was its last word. */
async function pass(
  told: Json | undefined,
  controller: ReadableStreamDefaultController<Uint8Array>,
): Promise<boolean> {
  if (!isJsonObject(told)) return false;
  if (isJsonObject(told.problem)) controller.error(await refusalOf(told.problem));
  else if (told.done === true) controller.close();
  else controller.enqueue(encoder.encode(framed(told)));
  return told.done === true || told.problem !== undefined;
}

/** Whatever is no event is a sign of life, which is a comment in server-sent events. */
function framed({ event, cursor }: JsonObject): string {
  if (event === undefined) return ": alive\n\n";
  const id = typeof cursor === "string" ? cursor : undefined;
  return encodeSseFrame({ id, data: JSON.stringify(event) });
}

async function refusalOf(problem: JsonObject): Promise<ApiError> {
  const status = typeof problem.status === "number" ? problem.status : 500;
  return new ApiError(await problemOf(Response.json(problem, { status })));
}

async function lossOf(code: number): Promise<Error> {
  if (code !== UNAUTHORIZED) return new TypeError("the WebSocket was closed");
  return refusalOf({ status: 401, code: "unauthorized", title: "Unauthorized" });
}

/** A browser can send no header with a WebSocket, so the token comes as a subprotocol. */
function protocolsOf(headers: Record<string, string>): string[] {
  const given = new Headers(headers).get("Authorization") ?? "";
  const token = /^Bearer (.+)$/i.exec(given)?.[1];
  return token === undefined ? ["sergas"] : ["sergas", `bearer.${token}`];
}
