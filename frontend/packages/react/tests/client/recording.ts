/** A recorded run, and a server that can send it from anywhere, as badly as a network can. */
const RUN = "run-1";
const EVENTS = [
  { type: "RUN_STARTED", threadId: "thread-1", runId: RUN },
  { type: "STATE_SNAPSHOT", snapshot: { workflow: { workflow_progress: 0 } } },
  { type: "SUBAGENT_STARTED", subagentRunId: "run-1:scout:1", name: "scout", timestamp: 1000 },
  { type: "TEXT_MESSAGE_START", messageId: "m1", subagentRunId: "run-1:scout:1" },
  { type: "TEXT_MESSAGE_CONTENT", messageId: "m1", delta: "Größe: 3 € für 日本 🚚" },
  { type: "TEXT_MESSAGE_END", messageId: "m1" },
  { type: "SUBAGENT_FINISHED", subagentRunId: "run-1:scout:1", timestamp: 2000 },
  { type: "RUN_FINISHED", threadId: "thread-1", runId: RUN },
];

export const FRAMES = EVENTS.map((event, index) => ({
  id: `${RUN}:${index + 1}`,
  data: JSON.stringify(event),
}));

const encoder = new TextEncoder();

/** The bytes of the recording after a cursor, with a keep-alive in between. */
export function bytesAfter(lastEventId: string | undefined): Uint8Array {
  const seq = Number(lastEventId?.split(":").at(-1) ?? 0);
  const frames = FRAMES.slice(seq).map(({ id, data }) => `id: ${id}\ndata: ${data}\n\n`);
  return encoder.encode(frames.join(": keep-alive\n\n"));
}

export function firstFrameAfter(lastEventId: string | undefined): Uint8Array {
  const text = new TextDecoder().decode(bytesAfter(lastEventId));
  return encoder.encode(text.slice(0, text.indexOf("\n\n") + 2));
}

/** A response whose body holds some chunks and then ends, breaks, or says nothing more. */
export function respond(
  chunks: readonly Uint8Array[],
  then: "end" | "break" | "silence" = "end",
): Response {
  const rest = [...chunks];
  const source: UnderlyingDefaultSource<Uint8Array> = {
    pull(controller) {
      const chunk = rest.shift();
      if (chunk !== undefined) return controller.enqueue(chunk);
      if (then === "end") return controller.close();
      if (then === "break") return controller.error(new TypeError("network error"));
      return new Promise(() => undefined);
    },
  };
  // Nothing is read ahead: an error would throw away what nobody has read yet.
  const body = new ReadableStream(source, { highWaterMark: 0 });
  return new Response(body, { headers: { "Content-Type": "text/event-stream" } });
}
