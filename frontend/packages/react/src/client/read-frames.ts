/** The frames of one response, until it ends, breaks or says nothing for too long. */
import { createSseParser, type SseFrame } from "./sse";

/**
 * Silence is an error: the server sends a comment every 15 s, so a connection without a byte for
 * `silenceMs` is dead even if the operating system has not noticed yet.
 */
export async function* readFrames(
  response: Response,
  silenceMs: number,
  signal: AbortSignal,
  onChunk: () => void,
): AsyncGenerator<SseFrame> {
  if (response.body === null) return;
  const reader = response.body.getReader();
  const parser = createSseParser();
  try {
    while (true) {
      const chunk = await withinSilence(reader.read(), silenceMs, signal);
      if (chunk.done) return;
      onChunk();
      yield* parser.push(chunk.value);
    }
  } finally {
    // A broken body rejects its own cancellation; there is nothing left to save.
    reader.cancel().catch(() => undefined);
  }
}

function withinSilence<T>(read: Promise<T>, silenceMs: number, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const fail = () => reject(new TypeError("the stream is silent or was closed"));
    const timer = setTimeout(fail, silenceMs);
    signal.addEventListener("abort", fail);
    if (signal.aborted) fail();
    read.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      signal.removeEventListener("abort", fail);
    });
  });
}
