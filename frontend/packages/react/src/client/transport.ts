/** The resumable transport: CopilotKit's streams and our own, seen through one set of rules. */
import { DEFAULT_BACKOFF } from "./backoff";
import { type FollowRequest, followRun } from "./follow-run";
import { type FollowThreadsRequest, followThreads } from "./follow-threads";
import { createBell } from "./link";
import { resumableFetch } from "./resumable-fetch";
import type { ResumePolicy } from "./resume";
import { openSocketStream } from "./socket-stream";
import type { TransportContext, TransportOptions } from "./transport-context";
import { createWays } from "./ways";

export interface Transport {
  /** A fetch that continues broken streams; every other request goes straight through. */
  readonly fetch: typeof fetch;
  /** Read a run's log from after `seq` to its end. */
  follow(request: FollowRequest): Promise<void>;
  /** Read the list of conversations until aborted; rejects if the server refuses. */
  followThreads(request: FollowThreadsRequest): Promise<void>;
  /** Try again now, whatever the clock or the attempts say. */
  reconnect(): void;
}

const SILENCE_MS = 40_000;

export function createTransport(options: TransportOptions): Transport {
  const bell = createBell();
  const policy: ResumePolicy = {
    maxAttempts: options.maxAttempts,
    silenceMs: options.silenceMs ?? SILENCE_MS,
    backoff: DEFAULT_BACKOFF,
    random: options.random ?? Math.random,
    now: () => Date.now(),
    breath: options.breath,
    meter: options.meter,
    ways: createWays(options.socketUrl !== undefined),
  };
  let streams = 0;
  const { socketUrl, headers } = options;
  const context: TransportContext = {
    options,
    policy,
    bell,
    nextId: () => ++streams,
    openSocket: (message, signal) =>
      socketUrl === undefined
        ? undefined
        : openSocketStream({ url: socketUrl, headers }, message, signal),
  };
  return {
    fetch: resumableFetch(context),
    follow: (request) => followRun(context, request),
    followThreads: (request) => followThreads(context, request),
    reconnect: () => bell.ring(),
  };
}
