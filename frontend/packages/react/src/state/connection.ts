/** One word for all open streams, and the details behind it. */
import type { LinkState } from "../client/link";

export type ConnectionStatus = "connected" | "connecting" | "disconnected" | "reconnecting";

export interface Connection {
  readonly status: ConnectionStatus;
  readonly openStreams: number;
  readonly attempt: number;
  /** When the next attempt begins, while one is being waited for. */
  readonly retryAt: number | undefined;
  /** Server-sent events do not get through, so a stream goes on over a WebSocket. */
  readonly isOverSocket: boolean;
}

export type Links = Readonly<Record<number, LinkState>>;
export type Reachability = "unknown" | "yes" | "no";

/** The worst of what is open; without a stream, what the last request learned. */
export function connectionOf(links: Links, isReachable: Reachability): Connection {
  const states = Object.values(links);
  const openStreams = states.filter(({ phase }) => phase === "live").length;
  const isOverSocket = states.some((state) => state.phase === "live" && state.way === "socket");
  const base = { openStreams, attempt: 0, retryAt: undefined, isOverSocket };
  if (states.some(({ phase }) => phase === "failed")) return { ...base, status: "disconnected" };
  for (const state of states) {
    if (state.phase === "waiting") {
      const { attempt, retryAt } = state;
      return { ...base, status: "reconnecting", attempt, retryAt };
    }
    if (state.phase === "retrying") {
      return { ...base, status: "reconnecting", attempt: state.attempt };
    }
  }
  if (states.some(({ phase }) => phase === "connecting")) return { ...base, status: "connecting" };
  if (openStreams > 0 || isReachable === "yes") return { ...base, status: "connected" };
  return { ...base, status: isReachable === "no" ? "disconnected" : "connecting" };
}
