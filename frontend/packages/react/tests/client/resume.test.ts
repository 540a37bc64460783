import { expect, test } from "vitest";
import { ApiError } from "../../src/client/api-error";
import { createBell, type LinkState } from "../../src/client/link";
import { type ResumeOptions, resumeFrames } from "../../src/client/resume";
import type { SseFrame } from "../../src/client/sse";
import { createWays } from "../../src/client/ways";
import { bytesAfter, FRAMES, firstFrameAfter, respond } from "./recording";

const WHOLE = bytesAfter(undefined);

interface Trial {
  readonly frames: readonly SseFrame[];
  readonly asked: readonly (string | undefined)[];
  readonly states: readonly LinkState[];
}

async function follow(
  answer: (lastEventId: string | undefined, request: number) => Response | Promise<Response>,
  change: Partial<ResumeOptions> = {},
): Promise<Trial> {
  const frames: SseFrame[] = [];
  const asked: (string | undefined)[] = [];
  const states: LinkState[] = [];
  const stream = resumeFrames({
    open: async (lastEventId) => answer(lastEventId, asked.push(lastEventId)),
    isJoin: false,
    signal: new AbortController().signal,
    policy: {
      maxAttempts: 3,
      silenceMs: 1000,
      backoff: { firstMs: 0, limitMs: 0 },
      random: () => 0,
      now: () => 0,
      ways: createWays(false),
    },
    bell: createBell(),
    report: (state) => states.push(state),
    ...change,
  });
  for await (const frame of stream) frames.push(frame);
  return { frames, asked, states };
}

test.each(["end", "break"] as const)(
  "a body that %ss at any byte gives the same events as a whole one",
  async (how) => {
    for (let cut = 0; cut < WHOLE.length; cut += 1) {
      const { frames } = await follow((lastEventId, request) =>
        request === 1 ? respond([WHOLE.slice(0, cut)], how) : respond([bytesAfter(lastEventId)]),
      );

      expect(frames, `cut at byte ${cut}`).toEqual(FRAMES);
    }
  },
);

test("a stream that breaks after every single event still comes through once", async () => {
  const { frames, asked, states } = await follow((lastEventId) =>
    respond([firstFrameAfter(lastEventId)], "break"),
  );

  expect(frames).toEqual(FRAMES);
  expect(asked).toEqual([undefined, ...FRAMES.slice(0, -1).map(({ id }) => id)]);
  expect(states.some(({ phase }) => phase === "failed")).toBe(false);
});

test("events that a continued answer repeats are not delivered twice", async () => {
  const { frames } = await follow((_, request) =>
    request === 1 ? respond([WHOLE.slice(0, 400)], "break") : respond([WHOLE]),
  );

  expect(frames).toEqual(FRAMES);
});

test("chunks of one byte are put together again", async () => {
  const { frames } = await follow(() => respond([...WHOLE].map((byte) => Uint8Array.of(byte))));

  expect(frames).toEqual(FRAMES);
});

test("silence counts as a broken connection", async () => {
  const policy = {
    maxAttempts: 3,
    silenceMs: 20,
    backoff: { firstMs: 0, limitMs: 0 },
    random: () => 0,
    now: () => 0,
    ways: createWays(false),
  };

  const { frames, asked } = await follow(
    (lastEventId, request) =>
      request === 1
        ? respond([WHOLE.slice(0, 300)], "silence")
        : respond([bytesAfter(lastEventId)]),
    { policy },
  );

  expect(frames).toEqual(FRAMES);
  expect(asked).toHaveLength(2);
});

test("Retry-After is waited for", async () => {
  const busy = new Response("", { status: 503, headers: { "Retry-After": "0.05" } });

  const { frames, states } = await follow((_, request) =>
    request === 1 ? busy : respond([WHOLE]),
  );

  expect(frames).toEqual(FRAMES);
  expect(states).toContainEqual({ phase: "waiting", attempt: 1, retryAt: 50 });
});

test("it gives up after the agreed attempts, and goes on when the bell rings", async () => {
  const bell = createBell();
  const states: LinkState[] = [];

  const { frames } = await follow(
    (lastEventId, request) => {
      if (request === 1) return respond([WHOLE.slice(0, 300)], "break");
      if (request <= 4) throw new TypeError("connection refused");
      return respond([bytesAfter(lastEventId)]);
    },
    {
      bell,
      report(state) {
        states.push(state);
        if (state.phase === "failed") setTimeout(bell.ring, 5);
      },
    },
  );

  expect(frames).toEqual(FRAMES);
  expect(states.filter(({ phase }) => phase === "failed")).toHaveLength(1);
});

test("a refusal that no retry can change ends the stream with its reason", async () => {
  const gone = Response.json({ code: "run_not_found", title: "Not Found" }, { status: 404 });

  await expect(follow(() => gone)).rejects.toThrow(ApiError);
});

test("a join may be empty; a run may not", async () => {
  const joined = await follow(() => respond([]), { isJoin: true });
  const run = await follow((_, request) => (request === 1 ? respond([]) : respond([WHOLE])));

  expect(joined.frames).toEqual([]);
  expect(joined.asked).toHaveLength(1);
  expect(run.frames).toEqual(FRAMES);
});

test("a run without ids is not started a second time", async () => {
  const bare = new TextEncoder().encode(`data: ${FRAMES[0]?.data}\n\n`);

  await expect(follow(() => respond([bare]))).rejects.toThrow("cannot be continued");
});

test("nothing is asked for after an abort", async () => {
  const abort = new AbortController();
  const trial = await follow(
    () => {
      setTimeout(() => abort.abort(), 5);
      return respond([WHOLE.slice(0, 200)], "silence");
    },
    { signal: abort.signal },
  );

  expect(trial.asked).toHaveLength(1);
});
