/** The resumable transport: CopilotKit's streams and our own, seen through one set of rules. */
import type { Problem } from "./api-error";
import { DEFAULT_BACKOFF } from "./backoff";
import type { Breath } from "./breath";
import type { Cursor } from "./cursor";
import type { AgUiEvent } from "./events";
import { followRun } from "./follow-run";
import { type FollowThreadsRequest, followThreads } from "./follow-threads";
import { type Bell, createBell, type LinkState } from "./link";
import type { Meter } from "./meter";
import { resumableFetch } from "./resumable-fetch";
import type { ResumePolicy } from "./resume";
import { openSocketStream, type SocketMessage } from "./socket-stream";
import { createWays } from "./ways";

export interface LoggedEvent {
  readonly cursor: Cursor;
  readonly event: AgUiEvent;
}

export interface TransportListener {
  /** A stream changed its state; `answeredInMs` is there once, at its first response. */
  onLink(streamId: number, state: LinkState, answeredInMs?: number): void;
  /** A run's own stream said something; in the order of the log, each event once. */
  onEvent(logged: LoggedEvent): void;
  /** This page holds, or no longer holds, the stream of a run that it started. */
  onOwnRun(runId: string, threadId: string, isOpen: boolean): void;
  /** A run shows itself in a thread that was joined. */
  onRunSeen(runId: string, threadId: string): void;
  onProblem(problem: Problem): void;
}

export interface TransportOptions {
  readonly runtimeUrl: string;
  readonly listener: TransportListener;
  readonly fetch: typeof fetch;
  readonly maxAttempts: number;
  /** What every new request of a stream carries; asked each time, so that tokens may change. */
  readonly headers: () => Record<string, string>;
  /** Where the WebSocket is that streams go on over when server-sent events do not get through. */
  readonly socketUrl?: string | undefined;
  readonly silenceMs?: number;
  readonly random?: () => number;
  /** Asked before each frame whether others should work first. */
  readonly breath?: Breath | undefined;
  readonly meter?: Pick<Meter, "note"> | undefined;
}

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

export interface FollowRequest {
  readonly url: string;
  readonly runId: string;
  readonly after: number;
  readonly signal: AbortSignal;
  /** There may be nothing after the cursor. */
  readonly mayBeEmpty?: boolean;
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

export interface TransportContext {
  readonly options: TransportOptions;
  readonly policy: ResumePolicy;
  readonly bell: Bell;
  readonly nextId: () => number;
  readonly openSocket: (
    message: SocketMessage,
    signal: AbortSignal,
  ) => Promise<Response> | undefined;
}
