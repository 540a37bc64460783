/** What the dashboard takes from a stream that passes by. */
import { parseCursor } from "./cursor";
import { parseEvent } from "./events";
import type { TransportListener } from "./listener";
import type { SseFrame } from "./sse";

export function hearRun(frame: SseFrame, listener: TransportListener): void {
  const cursor = parseCursor(frame.id);
  const event = parseEvent(frame.data);
  if (cursor !== undefined && event !== undefined) listener.onEvent({ cursor, event });
}

/** A join tells a thread's history its own way; we only take from it which run there is. */
export function hearJoin(frame: SseFrame, listener: TransportListener): void {
  const event = parseEvent(frame.data);
  if (event?.type === "RUN_STARTED") listener.onRunSeen(event.runId, event.threadId);
}
