/** A fetch that keeps CopilotKit's streams alive: it has no way to reconnect of its own. */
import { problemFrom, problemOf } from "./api-error";
import { hearJoin, hearRun } from "./hear";
import { resumeFrames } from "./resume";
import { encodeSseFrame, type SseFrame } from "./sse";
import { streamRequest } from "./stream-request";
import type { TransportContext } from "./transport-context";

export function resumableFetch(context: TransportContext): typeof fetch {
  const { options, policy, bell } = context;
  const { listener } = options;
  return async (input, init) => {
    const request = streamRequest(input, init, options.runtimeUrl);
    if (request === undefined) return options.fetch(input, init);
    const streamId = context.nextId();
    const startedAt = policy.now();
    listener.onLink(streamId, { phase: "connecting" });
    const first = await options.fetch(input, init).catch((error: unknown) => {
      listener.onLink(streamId, { phase: "closed" });
      if (!init?.signal?.aborted) listener.onProblem(problemFrom(error));
      throw error;
    });
    if (!first.ok) {
      listener.onLink(streamId, { phase: "closed" });
      listener.onProblem(await problemOf(first.clone()));
      return first;
    }
    const answeredInMs = policy.now() - startedAt;
    policy.meter?.note("stream_first_byte", answeredInMs);
    listener.onLink(streamId, { phase: "live" }, answeredInMs);
    const { runId, threadId } = request;
    const isRun = request.kind === "run";
    if (isRun) listener.onOwnRun(runId, threadId, true);
    const abort = linkedAbort(init?.signal);
    const frames = resumeFrames({
      open: (lastEventId) => {
        const { url, init: again } = request.again(lastEventId);
        const headers = new Headers(again.headers);
        for (const [name, value] of Object.entries(options.headers())) headers.set(name, value);
        return options.fetch(url, { ...again, headers });
      },
      openSocket: (lastEventId) => {
        const message = request.socketMessage(lastEventId);
        return message && context.openSocket(message, abort.signal);
      },
      first,
      isJoin: request.kind === "connect",
      signal: abort.signal,
      policy,
      bell,
      report: (state) => listener.onLink(streamId, state),
    });
    const hear = isRun ? hearRun : hearJoin;
    const body = streamOf(frames, abort, {
      onFrame: (frame) => hear(frame, listener),
      onError: (error) => listener.onProblem(problemFrom(error)),
      onEnd: () => {
        listener.onLink(streamId, { phase: "closed" });
        if (isRun) listener.onOwnRun(runId, threadId, false);
      },
    });
    return new Response(body, { status: first.status, headers: first.headers });
  };
}

interface StreamHooks {
  readonly onFrame: (frame: SseFrame) => void;
  readonly onError: (error: unknown) => void;
  readonly onEnd: () => void;
}

function streamOf(
  frames: AsyncGenerator<SseFrame>,
  abort: AbortController,
  hooks: StreamHooks,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      try {
        const next = await frames.next();
        if (next.done) {
          hooks.onEnd();
          return controller.close();
        }
        hooks.onFrame(next.value);
        controller.enqueue(encoder.encode(encodeSseFrame(next.value)));
      } catch (error) {
        hooks.onError(error);
        hooks.onEnd();
        throw error;
      }
    },
    cancel() {
      abort.abort();
      hooks.onEnd();
    },
  });
}

function linkedAbort(signal: AbortSignal | null | undefined): AbortController {
  const controller = new AbortController();
  if (signal?.aborted) controller.abort();
  signal?.addEventListener("abort", () => controller.abort());
  return controller;
}
