import { afterEach, expect, test, vi } from "vitest";
import type { LinkState } from "../../src/client/link";
import type { LoggedEvent } from "../../src/client/listener";
import { createTransport } from "../../src/client/transport";
import { bytesAfter, FRAMES, respond } from "./recording";

const BASE = "http://localhost:3000/api/copilotkit";
const INPUT = { threadId: "thread-1", runId: "run-1", messages: [{ id: "u", role: "user" }] };

interface Call {
  readonly url: string;
  readonly init: RequestInit | undefined;
}

function trial(answer: (call: number) => Response) {
  const calls: Call[] = [];
  const events: LoggedEvent[] = [];
  const seen: string[] = [];
  const links: LinkState[] = [];
  const owned: boolean[] = [];
  const problems: string[] = [];
  const transport = createTransport({
    runtimeUrl: "/api/copilotkit",
    maxAttempts: 3,
    random: () => 0,
    headers: () => ({ Authorization: "Bearer t" }),
    fetch: async (input, init) => answer(calls.push({ url: String(input), init })),
    listener: {
      onEvent: (logged) => events.push(logged),
      onLink: (_, link) => links.push(link),
      onRunSeen: (runId) => seen.push(runId),
      onOwnRun: (_, __, isOpen) => owned.push(isOpen),
      onProblem: (problem) => problems.push(problem.code),
    },
  });
  return { transport, calls, events, seen, links, owned, problems };
}

function posted(body: unknown): RequestInit {
  return {
    method: "POST",
    headers: { Authorization: "Bearer t" },
    body: JSON.stringify(body),
  };
}

async function textOf(response: Response): Promise<string> {
  const text = response.text();
  await vi.runAllTimersAsync();
  return text;
}

const EXPECTED = FRAMES.map(({ id, data }) => `id: ${id}\ndata: ${data}\n\n`).join("");

vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
afterEach(() => vi.clearAllTimers());

test("a broken run is continued with connect, the cursor and the caller's headers", async () => {
  const { transport, calls } = trial((call) =>
    call === 1
      ? respond([bytesAfter(undefined).slice(0, 500)], "break")
      : respond([bytesAfter("run-1:4")]),
  );

  const response = await transport.fetch(`${BASE}/agent/default/run`, posted(INPUT));

  expect(await textOf(response)).toBe(EXPECTED);
  expect(calls[1]?.url).toBe(`${BASE}/agent/default/connect`);
  const headers = new Headers(calls[1]?.init?.headers);
  expect(headers.get("Authorization")).toBe("Bearer t");
  expect(headers.get("Last-Event-ID")).toMatch(/^run-1:\d$/);
  expect(JSON.parse(String(calls[1]?.init?.body))).toMatchObject({
    threadId: "thread-1",
    messages: [],
  });
});

test("on a single route the envelope is continued as agent/connect", async () => {
  const { transport, calls } = trial((call) =>
    call === 1 ? respond([bytesAfter(undefined).slice(0, 500)]) : respond([bytesAfter("run-1:3")]),
  );
  const envelope = { method: "agent/run", params: { agentId: "default" }, body: INPUT };

  const response = await transport.fetch(BASE, posted(envelope));

  expect(await textOf(response)).toBe(EXPECTED);
  expect(calls[1]?.url).toBe(BASE);
  expect(JSON.parse(String(calls[1]?.init?.body))).toMatchObject({
    method: "agent/connect",
    params: { agentId: "default" },
    body: { threadId: "thread-1", messages: [] },
  });
});

test("what a run says reaches the dashboard once, in order, across a break", async () => {
  const { transport, events, owned } = trial((call) =>
    call === 1
      ? respond([bytesAfter(undefined).slice(0, 420)], "break")
      : respond([bytesAfter(undefined)]),
  );

  await textOf(await transport.fetch(`${BASE}/agent/default/run`, posted(INPUT)));

  expect(events.map(({ cursor }) => cursor.seq)).toEqual([1, 2, 3, 4, 5, 7, 8]);
  expect(owned).toEqual([true, false]);
});

test("a join only tells which run there is", async () => {
  const { transport, events, seen } = trial(() => respond([bytesAfter(undefined)]));

  await textOf(await transport.fetch(`${BASE}/agent/default/connect`, posted(INPUT)));

  expect(events).toEqual([]);
  expect(seen).toEqual(["run-1"]);
});

test("every other request goes straight through", async () => {
  const answer = Response.json({});
  const { transport, links } = trial(() => answer);

  expect(await transport.fetch(`${BASE}/info`)).toBe(answer);
  expect(await transport.fetch("/api/runs", posted(INPUT))).toBe(answer);
  expect(await transport.fetch(`${BASE}/agent/default/stop/thread-1`, posted({}))).toBe(answer);
  expect(
    await transport.fetch("http://elsewhere/api/copilotkit/agent/default/run", posted(INPUT)),
  ).toBe(answer);
  expect(links).toEqual([]);
});

test("a refused start is handed on and explained", async () => {
  const { transport, problems } = trial(() =>
    Response.json({ code: "thread_busy", title: "Conflict" }, { status: 409 }),
  );

  const response = await transport.fetch(`${BASE}/agent/default/run`, posted(INPUT));

  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({ code: "thread_busy" });
  expect(problems).toEqual(["thread_busy"]);
});

test("the states of a link tell what the transport does", async () => {
  const { transport, links } = trial((call) =>
    call === 1
      ? respond([bytesAfter(undefined).slice(0, 300)], "break")
      : respond([bytesAfter("run-1:2")]),
  );

  await textOf(await transport.fetch(`${BASE}/agent/default/run`, posted(INPUT)));

  const phases = links.map(({ phase }) => phase);
  expect(phases.filter((phase, index) => phase !== phases[index - 1])).toEqual([
    "connecting",
    "live",
    "waiting",
    "retrying",
    "live",
    "closed",
  ]);
});

test("following reads a run's log to its end", async () => {
  const { transport, events, calls, links } = trial((call) =>
    call === 1
      ? respond([bytesAfter(undefined).slice(0, 300)], "break")
      : respond([bytesAfter("run-1:2")]),
  );

  const following = transport.follow({
    url: "/api/runs/run-1/events?after=0",
    runId: "run-1",
    after: 0,
    signal: new AbortController().signal,
  });
  await vi.runAllTimersAsync();
  await following;

  expect(events.at(-1)?.event.type).toBe("RUN_FINISHED");
  expect(new Headers(calls[1]?.init?.headers).get("Last-Event-ID")).toBe("run-1:2");
  expect(links.at(-1)?.phase).toBe("closed");
});
