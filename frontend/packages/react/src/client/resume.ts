/**
 * One stream out of as many responses as it takes.
 *
 * A response may end, break or fall silent anywhere. Frames are passed on whole, and each one
 * once: a continued response must carry ids, and what is not newer than the last id is dropped.
 */
import { ApiError, type Problem, problemFrom, problemOf, unreachable } from "./api-error";
import { type BackoffPolicy, backoffMs } from "./backoff";
import type { Breath } from "./breath";
import type { Bell, LinkState } from "./link";
import type { Meter } from "./meter";
import { readFrames } from "./read-frames";
import type { SseFrame } from "./sse";
import { createStreamLedger, type StreamLedger } from "./stream-ledger";
import { createCuts, type Way, type Ways } from "./ways";

export interface ResumePolicy {
  readonly maxAttempts: number;
  readonly silenceMs: number;
  readonly backoff: BackoffPolicy;
  readonly random: () => number;
  readonly now: () => number;
  readonly ways: Ways;
  readonly breath?: Breath | undefined;
  readonly meter?: Pick<Meter, "note"> | undefined;
}

export interface ResumeOptions {
  /** Ask for the stream, after `lastEventId` if there is one. */
  readonly open: (lastEventId: string | undefined) => Promise<Response>;
  /** Ask for the same over a WebSocket; undefined where that cannot continue the stream. */
  readonly openSocket?: (lastEventId: string | undefined) => Promise<Response> | undefined;
  /** A first response that is there already. */
  readonly first?: Response;
  /**
   * A join may be empty (a thread that nobody has used), and what it tells before the first id
   * may be told again from the start.
   */
  readonly isJoin: boolean;
  readonly signal: AbortSignal;
  readonly policy: ResumePolicy;
  readonly bell: Bell;
  readonly report: (state: LinkState) => void;
}

export async function* resumeFrames(options: ResumeOptions): AsyncGenerator<SseFrame> {
  const { signal, policy, report } = options;
  const ledger = createStreamLedger();
  let response: Response | undefined = options.first;
  let attempt = 0;
  let leg = 0;
  const cuts = createCuts();
  while (!signal.aborted) {
    let problem: Problem = unreachable();
    const socket = response === undefined ? socketOf(options, ledger) : undefined;
    const way: Way = socket === undefined ? "sse" : "socket";
    let isCut = way === "socket";
    try {
      response ??= await (socket ?? options.open(ledger.lastId));
      await demandStream(response);
      leg += 1;
      isCut = true;
      report({ phase: "live", way });
      for await (const frame of readFrames(response, policy.silenceMs, signal, pacer(policy))) {
        await policy.breath?.();
        if (!ledger.admit(frame, leg > 1)) continue;
        attempt = 0;
        yield frame;
      }
      if (ledger.isComplete(options.isJoin)) break;
      demandCursor(ledger, options.isJoin);
    } catch (error) {
      // A connection may break after the last event; then nothing is missing.
      if (signal.aborted || ledger.isComplete(false)) break;
      problem = problemFrom(error);
      if (!isWorthRetrying(problem)) throw error;
    }
    // A server that is away answers on neither way; only a stream that was cut speaks against one.
    if (isCut) policy.ways.broke(way, cuts.count(way));
    response = undefined;
    attempt += 1;
    attempt = await waitForNextTry(options, attempt, problem);
  }
}

/** Notes how long each piece of a stream was waited for. */
function pacer({ now, meter }: ResumePolicy): () => void {
  let last: number | undefined;
  return () => {
    const at = now();
    if (last !== undefined) meter?.note("chunk_interval", at - last);
    last = at;
  };
}

function socketOf({ openSocket, policy }: ResumeOptions, { lastId }: StreamLedger) {
  return policy.ways.current === "socket" ? openSocket?.(lastId) : undefined;
}

/** Wait as long as it takes to try again, and return the number of that attempt. */
async function waitForNextTry(
  { policy, report, bell, signal }: ResumeOptions,
  attempt: number,
  problem: Problem,
): Promise<number> {
  if (attempt > policy.maxAttempts) {
    report({ phase: "failed", problem });
    await bell.heard(signal);
    report({ phase: "retrying", attempt: 1 });
    return 1;
  }
  const delayMs = backoffMs(attempt, policy.random, problem.retryAfterMs, policy.backoff);
  report({ phase: "waiting", attempt, retryAt: policy.now() + delayMs });
  await Promise.race([bell.heard(signal), sleep(delayMs, signal)]);
  report({ phase: "retrying", attempt });
  return attempt;
}

async function demandStream(response: Response): Promise<void> {
  if (!response.ok) throw new ApiError(await problemOf(response));
}

/** Without ids a run cannot be continued, and to start it again is not ours to decide. */
function demandCursor(ledger: StreamLedger, isJoin: boolean): void {
  if (isJoin || ledger.lastId !== undefined || ledger.delivered === 0) return;
  throw new ApiError({
    ...unreachable(),
    status: 502,
    code: "stream_not_resumable",
    title: "The stream broke and cannot be continued",
  });
}

function isWorthRetrying({ status, code }: Problem): boolean {
  if (code === "stream_not_resumable") return false;
  return status === 0 || status === 408 || status === 425 || status === 429 || status >= 500;
}

function sleep(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, delayMs);
    signal.addEventListener("abort", done);
  });
}
