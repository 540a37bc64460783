/** As much of the server as the provider asks for; a test pushes events and closes streams. */
import { vi } from "vitest";
import { parseJson } from "../../src/client/json";

type Controller = ReadableStreamDefaultController<Uint8Array>;

export interface FakeServer {
  readonly requests: string[];
  readonly posted: { readonly path: string; readonly body: unknown }[];
  /** What was done to conversations, as `PATCH thread-1`, and with which body. */
  readonly threadChanges: { readonly what: string; readonly body: unknown }[];
  /** The run that the page has started or follows; `run-1` in pushed events stands for it. */
  runId: string;
  records: readonly { readonly id: string; readonly [key: string]: unknown }[];
  pageSize: number;
  push(...events: readonly object[]): void;
  finish(): void;
  /** Say something on the open streams of the list of conversations. */
  tellThreads(...news: readonly unknown[]): void;
  /** How many streams of that list are open. */
  threadStreams(): number;
  isAway: boolean;
  /** Whether it answers 403 to who follows the list of conversations. */
  refusesThreads: boolean;
}

/** What a run has used whose agents called no model. */
export const NO_USAGE = {
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  totalTokens: 0,
  reasoningTokens: 0,
  cachedInputTokens: 0,
  cacheWriteInputTokens: 0,
  unpricedTokens: 0,
};

export const RECORD = {
  id: "run-1",
  threadId: "thread-1",
  workflow: "account_review",
  title: "Account review",
  agents: [],
  question: "",
  leg: 1,
  outcome: {},
  usage: NO_USAGE,
  createdAt: "2026-11-22T12:00:00.000Z",
};

/** A conversation as the server tells it; what a test gives goes before. */
export function threadRecord(id: string, name: string, archived = false) {
  const at = `2026-11-22T12:00:0${id}.000Z`;
  const whose = { agentId: "default", organizationId: "local", createdById: "" };
  return { id, name, archived, runCount: 1, createdAt: at, updatedAt: at, ...whose };
}

const INFO = {
  version: "1",
  mode: "sse",
  agents: { default: { name: "default", description: "", className: "Fake" } },
  audioFileTranscriptionEnabled: false,
  threadEndpoints: { list: true, inspect: true, mutations: true, realtimeMetadata: false },
};

const encoder = new TextEncoder();

export function installFakeServer(): FakeServer {
  let stream: Controller | undefined;
  let seq = 0;
  const threads = new Set<Controller>();
  const server: FakeServer = {
    requests: [],
    posted: [],
    threadChanges: [],
    runId: "",
    records: [],
    pageSize: 50,
    isAway: false,
    refusesThreads: false,
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
  const runStream = () =>
    streamed((controller) => {
      stream = controller;
    });
  vi.stubGlobal("fetch", async (input: RequestInfo | URL, init?: RequestInit) => {
    const url = new URL(String(input), "http://localhost:3000");
    server.requests.push(url.pathname);
    if (server.isAway) throw new TypeError("connection refused");
    if (init?.method === "POST") {
      server.posted.push({ path: url.pathname, body: parseJson(String(init.body)) });
    }
    const thread = url.pathname.split("/api/copilotkit/threads/")[1];
    if (thread !== undefined && init?.method !== undefined) {
      const what = `${init.method} ${thread}`;
      server.threadChanges.push({ what, body: parseJson(String(init.body)) });
      return Response.json({ ...threadRecord("1", ""), threadId: "1", deleted: true });
    }
    if (url.pathname.endsWith("/info")) return Response.json(INFO);
    if (url.pathname === "/api/threads/stream" && server.refusesThreads)
      return Response.json({ code: "forbidden" }, { status: 403 });
    if (url.pathname === "/api/threads/stream") return threadStream(threads, init?.signal);
    if (url.pathname.endsWith("/connect")) return streamed((controller) => controller.close());
    if (url.pathname.endsWith("/events")) return runStream();
    if (url.pathname.startsWith("/api/runs")) return runsAnswer(server, url);
    if (!url.pathname.endsWith("/run")) return Response.json({});
    server.runId = JSON.parse(String(init?.body)).runId;
    return runStream();
  });
  return server;
}

function runsAnswer({ records, pageSize }: FakeServer, { pathname, searchParams }: URL): Response {
  const id = pathname.split("/")[3];
  if (id !== undefined) return Response.json(records.find((record) => record.id === id) ?? {});
  const before = searchParams.get("before");
  const from = records.findIndex((record) => record.id === before) + 1;
  const page = records.slice(from, from + pageSize);
  const hasMore = from + pageSize < records.length;
  return Response.json({ runs: page, nextCursor: hasMore ? page.at(-1)?.id : null });
}

function threadStream(open: Set<Controller>, signal: AbortSignal | null | undefined): Response {
  return streamed((controller) => {
    open.add(controller);
    signal?.addEventListener("abort", () => open.delete(controller));
  });
}

function streamed(start: (controller: Controller) => void): Response {
  const body = new ReadableStream<Uint8Array>({ start });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}
