import { afterEach, expect, test, vi } from "vitest";
import type { LinkState } from "../../src/client/link";
import type { ThreadNews } from "../../src/client/threads";
import { createTransport } from "../../src/client/transport";
import { respond } from "./recording";

const THREAD = {
  id: "t1",
  name: "One",
  agentId: "default",
  organizationId: "local",
  createdById: "",
  archived: false,
  createdAt: "2026",
  runCount: 1,
  updatedAt: "2026",
};
const encoder = new TextEncoder();

function frames(...news: readonly unknown[]): Uint8Array {
  return encoder.encode(news.map((one) => `data: ${JSON.stringify(one)}\n\n`).join(""));
}

const FIRST = frames({ type: "snapshot", threads: [THREAD], nextCursor: null });

function follow(answer: (call: number) => Response) {
  const news: ThreadNews[] = [];
  const links: LinkState["phase"][] = [];
  const abort = new AbortController();
  let calls = 0;
  const nothing = () => undefined;
  const transport = createTransport({
    runtimeUrl: "/api/copilotkit",
    maxAttempts: 3,
    random: () => 0,
    headers: () => ({ Authorization: "Bearer t" }),
    fetch: async () => answer(++calls),
    listener: {
      onEvent: nothing,
      onLink: nothing,
      onRunSeen: nothing,
      onOwnRun: nothing,
      onProblem: nothing,
    },
  });
  const following = transport.followThreads({
    url: "/api/threads/stream",
    signal: abort.signal,
    onNews: (one) => news.push(one),
    onLink: ({ phase }) => links.push(phase),
  });
  return { news, links, abort, following, calls: () => calls };
}

vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
afterEach(() => vi.clearAllTimers());

test("the list and its changes are told as they come", async () => {
  const renamed = { ...THREAD, name: "Renamed", status: "running" };
  const { news, abort, following } = follow(() =>
    respond([FIRST, frames({ type: "thread", thread: renamed })], "silence"),
  );
  await vi.advanceTimersByTimeAsync(100);
  abort.abort();
  await following;

  expect(news).toEqual([
    { type: "snapshot", threads: [THREAD], nextCursor: null },
    { type: "thread", thread: renamed },
  ]);
});

test("news of a kind we do not know are passed over, and a status likewise", async () => {
  const odd = frames({ type: "moved" }, { type: "thread", thread: { ...THREAD, status: "odd" } });
  const { news, abort, following } = follow(() => respond([odd], "silence"));
  await vi.advanceTimersByTimeAsync(100);
  abort.abort();
  await following;

  expect(news).toEqual([{ type: "thread", thread: THREAD }]);
});

test.each([
  ["end", 1000],
  ["break", 1000],
  ["silence", 41_000],
] as const)("after a %s it connects again and begins with the list", async (how, withinMs) => {
  const { news, links, abort, following, calls } = follow((call) =>
    respond([FIRST], call === 1 ? how : "silence"),
  );
  await vi.advanceTimersByTimeAsync(withinMs);
  abort.abort();
  await following;

  expect(calls()).toBe(2);
  expect(news.map(({ type }) => type)).toEqual(["snapshot", "snapshot"]);
  expect(links).toEqual(["live", "waiting", "retrying", "live"]);
});

test("who is not let in is told so", async () => {
  const { following } = follow(() =>
    Response.json({ code: "unauthorized", title: "Unauthorized" }, { status: 401 }),
  );

  await expect(following).rejects.toMatchObject({ problem: { code: "unauthorized" } });
});

test("nothing is told after it was let go of", async () => {
  const { news, abort, following } = follow(() => respond([FIRST, FIRST], "silence"));
  abort.abort();
  await following;

  expect(news).toEqual([]);
});
