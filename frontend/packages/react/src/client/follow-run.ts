/** Reads a run's log as it grows. */
import { problemFrom } from "./api-error";
import { hearRun } from "./hear";
import { resumeFrames } from "./resume";
import type { TransportContext } from "./transport-context";

export interface FollowRequest {
  readonly url: string;
  readonly runId: string;
  readonly after: number;
  readonly signal: AbortSignal;
  /** There may be nothing after the cursor. */
  readonly mayBeEmpty?: boolean;
}

export async function followRun(context: TransportContext, request: FollowRequest): Promise<void> {
  const { options, policy, bell } = context;
  const { runId, after } = request;
  const streamId = context.nextId();
  options.listener.onLink(streamId, { phase: "connecting" });
  const frames = resumeFrames({
    open: (lastEventId) => {
      const cursor = lastEventId === undefined ? undefined : { "Last-Event-ID": lastEventId };
      const headers = { Accept: "text/event-stream", ...options.headers(), ...cursor };
      return options.fetch(request.url, { headers, signal: request.signal });
    },
    openSocket: (lastEventId = `${runId}:${after}`) =>
      context.openSocket({ type: "follow", runId, lastEventId }, request.signal),
    isJoin: request.mayBeEmpty ?? false,
    signal: request.signal,
    policy,
    bell,
    report: (state) => options.listener.onLink(streamId, state),
  });
  try {
    for await (const frame of frames) hearRun(frame, options.listener);
  } catch (error) {
    if (!request.signal.aborted) options.listener.onProblem(problemFrom(error));
  } finally {
    options.listener.onLink(streamId, { phase: "closed" });
  }
}
