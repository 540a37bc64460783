/** Which way streams take: server-sent events, or a WebSocket where those do not get through. */
export type Way = "sse" | "socket";

export interface Ways {
  readonly current: Way;
  /** A stream was cut on this way, so many times in a row. */
  broke(way: Way, times: number): void;
}

/** So many cuts of one stream are no accident: something on the way cuts or holds back streams. */
const PATIENCE = 3;

/** One cut is a lost network; the second way is taken when the first keeps failing a stream. */
export function createWays(hasSocket: boolean): Ways {
  let current: Way = "sse";
  return {
    get current() {
      return current;
    },
    broke(way, times) {
      if (!hasSocket || way !== current || times < PATIENCE) return;
      current = current === "sse" ? "socket" : "sse";
    },
  };
}

/** Counts the cuts of one stream; those on another way are another matter. */
export function createCuts() {
  let last: Way = "sse";
  let times = 0;
  return {
    count(way: Way): number {
      times = way === last ? times + 1 : 1;
      last = way;
      return times;
    },
  };
}
