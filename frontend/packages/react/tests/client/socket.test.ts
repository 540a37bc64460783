import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { LinkState } from "../../src/client/link";
import type { LoggedEvent } from "../../src/client/listener";
import { openSocketStream } from "../../src/client/socket-stream";
import { createTransport } from "../../src/client/transport";
import { createWays } from "../../src/client/ways";
import { installFakeSockets, type ServerEnd } from "./fake-socket";
import { FRAMES, firstFrameAfter, respond } from "./recording";

const ROUTE = {
  url: "ws://localhost/ws/copilotkit",
  headers: () => ({ Authorization: "Bearer t" }),
};
const FOLLOW = { type: "follow", runId: "run-1", lastEventId: "run-1:0" };

let servers: ServerEnd[];
let onOpen: (server: ServerEnd) => void;

beforeEach(() => {
  servers = [];
  onOpen = () => undefined;
  installFakeSockets((server) => {
    servers.push(server);
    onOpen(server);
  });
});

afterEach(() => vi.unstubAllGlobals());

function told(seq: number) {
  const frame = FRAMES[seq - 1];
  return { id: 1, cursor: frame?.id, event: JSON.parse(frame?.data ?? "{}") };
}

async function open(signal = new AbortController().signal) {
  return openSocketStream(ROUTE, FOLLOW, signal);
}

test("what a WebSocket says has the form of server-sent events", async () => {
  const response = await open();
  servers[0]?.say({ type: "pong" });
  servers[0]?.say(told(1));
  servers[0]?.say({ id: 1, done: true });

  const { id, data } = FRAMES[0] ?? { id: "", data: "" };
  expect(await response.text()).toBe(`: alive\n\nid: ${id}\ndata: ${data}\n\n`);
  expect(servers[0]?.protocols).toEqual(["sergas", "bearer.t"]);
  expect(servers[0]?.heard).toEqual([{ ...FOLLOW, id: 1 }]);
  expect(servers[0]?.isOpen).toBe(false);
});

test("a refusal breaks the stream with its reason", async () => {
  const response = await open();
  const problem = { status: 404, code: "run_not_found", title: "Not Found" };
  servers[0]?.say({ id: 1, problem });

  await expect(response.body?.getReader().read()).rejects.toMatchObject({
    problem: { code: "run_not_found" },
  });
});

test.each([
  [4401, { problem: { status: 401 } }],
  [1012, { name: "TypeError" }],
])("a connection that closes with %i breaks the stream", async (code, expected) => {
  const response = await open();
  servers[0]?.close(code);

  await expect(response.body?.getReader().read()).rejects.toMatchObject(expected);
});

test("who lets go of the stream closes the connection", async () => {
  const abort = new AbortController();
  await open(abort.signal);

  abort.abort();

  expect(servers[0]?.isOpen).toBe(false);
});

test("a way that cuts a stream three times in a row gives way to the other one", () => {
  const ways = createWays(true);
  const taken = [1, 2, 3].map((times) => {
    ways.broke("sse", times);
    return ways.current;
  });
  ways.broke("sse", 4);
  const stays = ways.current;
  ways.broke("socket", 3);

  expect([...taken, stays, ways.current]).toEqual(["sse", "sse", "socket", "socket", "sse"]);
});

test("a run whose events are cut off again and again goes on over the WebSocket", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  const events: LoggedEvent[] = [];
  const links: LinkState[] = [];
  let requests = 0;
  onOpen = (server) => {
    for (let seq = 4; seq <= FRAMES.length; seq += 1) server.say(told(seq));
    server.say({ id: 1, done: true });
  };
  const transport = createTransport({
    runtimeUrl: "/api/copilotkit",
    maxAttempts: 8,
    headers: ROUTE.headers,
    socketUrl: ROUTE.url,
    random: () => 0,
    fetch: async (_, init) => {
      requests += 1;
      const cursor = new Headers(init?.headers).get("Last-Event-ID") ?? undefined;
      return respond([firstFrameAfter(cursor)], "break");
    },
    listener: {
      onEvent: (logged) => events.push(logged),
      onLink: (_, link) => links.push(link),
      onRunSeen: () => undefined,
      onOwnRun: () => undefined,
      onProblem: () => undefined,
    },
  });

  const following = transport.follow({
    url: "/api/runs/run-1/events?after=0",
    runId: "run-1",
    after: 0,
    signal: new AbortController().signal,
  });
  await vi.runAllTimersAsync();
  await following;
  vi.useRealTimers();

  expect(requests).toBe(3);
  expect(servers[0]?.heard[0]).toEqual({ ...FOLLOW, id: 1, lastEventId: "run-1:3" });
  expect(events.map(({ cursor }) => cursor.seq)).toEqual([1, 2, 3, 4, 5, 7, 8]);
  expect(links.filter(({ phase }) => phase === "live").at(-1)).toMatchObject({ way: "socket" });
});
