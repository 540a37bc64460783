/** As much of the server as the provider asks for; a test pushes events and closes streams. */
import { vi } from "vitest";
import type { AgUiEvent } from "../../src/client/events";

export interface FakeServer {
  readonly requests: string[];
  /** The run that the page has started; `run-1` in pushed events stands for it. */
  runId: string;
  push(...events: readonly AgUiEvent[]): void;
  finish(): void;
  /** Say something on the open streams of the list of conversations. */
  tellThreads(...news: readonly unknown[]): void;
  /** How many streams of that list are open. */
  threadStreams(): number;
  isAway: boolean;
}

const INFO = {
  version: "1",
  mode: "sse",
  agents: { default: { name: "default", description: "", className: "Fake" } },
  audioFileTranscriptionEnabled: false,
  threadEndpoints: { list: true, inspect: true, mutations: true, realtimeMetadata: false },
};

export function installFakeServer(): FakeServer {
  const encoder = new TextEncoder();
  let stream: ReadableStreamDefaultController<Uint8Array> | undefined;
  let seq = 0;
  const threads = new Set<ReadableStreamDefaultController<Uint8Array>>();
  const server: FakeServer = {
    requests: [],
    runId: "",
    isAway: false,
    push(...events) {
      for (const event of events) {
        seq += 1;
        const frame = `id: run-1:${seq}\ndata: ${JSON.stringify(event)}\n\n`;
        stream?.enqueue(encoder.encode(frame.replaceAll("run-1", server.runId)));
      }
    },
    finish: () => stream?.close(),
    tellThreads(...news) {
      const text = news.map((one) => `data: ${JSON.stringify(one)}\n\n`).join("");
      for (const open of threads) open.enqueue(encoder.encode(text));
    },
    threadStreams: () => threads.size,
  };
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(String(input), "http://localhost:3000");
    server.requests.push(url.pathname);
    if (server.isAway) throw new TypeError("connection refused");
    if (url.pathname.endsWith("/info")) return Response.json(INFO);
    if (url.pathname === "/api/runs") return Response.json({ runs: [], nextCursor: null });
    if (url.pathname === "/api/threads/stream") return threadStream(threads, init?.signal);
    if (url.pathname.endsWith("/connect"))
      return new Response("", { headers: { "Content-Type": "text/event-stream" } });
    if (!url.pathname.endsWith("/run")) return Response.json({});
    server.runId = JSON.parse(String(init?.body)).runId;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        stream = controller;
      },
    });
    return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
  });
  return server;
}

function threadStream(
  open: Set<ReadableStreamDefaultController<Uint8Array>>,
  signal: AbortSignal | null | undefined,
): Response {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      open.add(controller);
      signal?.addEventListener("abort", () => open.delete(controller));
    },
  });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}
