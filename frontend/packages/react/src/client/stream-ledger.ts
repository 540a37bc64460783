/** Keeps account of one stream: what was delivered, and whether it has come to its end. */
import { parseCursor } from "./cursor";
import { isJsonObject, parseJson } from "./json";
import type { SseFrame } from "./sse";

export interface StreamLedger {
  readonly lastId: string | undefined;
  readonly delivered: number;
  /** Say whether a frame is new, and note it if it is. */
  admit(frame: SseFrame, isContinued: boolean): boolean;
  isComplete(mayBeEmpty: boolean): boolean;
}

export function createStreamLedger(): StreamLedger {
  const newestSeq = new Map<string, number>();
  let lastId: string | undefined;
  let openRuns = 0;
  let hasEnded = false;
  let delivered = 0;

  function isOld(frame: SseFrame): boolean {
    const cursor = parseCursor(frame.id);
    // Without an id in the first response nothing can be old: it starts over as a whole.
    if (cursor === undefined) return lastId !== undefined;
    return cursor.seq <= (newestSeq.get(cursor.runId) ?? 0);
  }

  return {
    get lastId() {
      return lastId;
    },
    get delivered() {
      return delivered;
    },
    admit(frame, isContinued) {
      if (isContinued && isOld(frame)) return false;
      const cursor = parseCursor(frame.id);
      if (cursor !== undefined) {
        lastId = frame.id;
        newestSeq.set(cursor.runId, Math.max(cursor.seq, newestSeq.get(cursor.runId) ?? 0));
      }
      delivered += 1;
      const type = typeOf(frame);
      if (type === "RUN_STARTED") openRuns = 1;
      if (type === "RUN_FINISHED" || type === "RUN_ERROR") {
        openRuns = 0;
        hasEnded = true;
      }
      return true;
    },
    isComplete(mayBeEmpty) {
      if (openRuns > 0) return false;
      return hasEnded || (mayBeEmpty && delivered === 0);
    },
  };
}

function typeOf(frame: SseFrame): string | undefined {
  const event = parseJson(frame.data);
  const type = isJsonObject(event) ? event.type : undefined;
  return typeof type === "string" ? type : undefined;
}
