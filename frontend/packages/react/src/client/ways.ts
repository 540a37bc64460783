/** Which way streams take: server-sent events, or a WebSocket where those do not get through. */
export type Way = "sse" | "socket";

export interface Ways {
  readonly current: Way;
  /** A stream ended before its end, or was silent for too long. */
  broke(way: Way): void;
  /** A stream came to its end. */
  held(way: Way): void;
}

/** So many breaks in a row are no accident: something on the way cuts or holds back streams. */
const PATIENCE = 3;

/** One break is a lost network; the second way is taken when the first keeps breaking. */
export function createWays(hasSocket: boolean): Ways {
  let current: Way = "sse";
  let breaks = 0;
  return {
    get current() {
      return current;
    },
    broke(way) {
      if (!hasSocket || way !== current) return;
      breaks += 1;
      if (breaks < PATIENCE) return;
      current = current === "sse" ? "socket" : "sse";
      breaks = 0;
    },
    held(way) {
      if (way === current) breaks = 0;
    },
  };
}
