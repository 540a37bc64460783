/** What the transport knows about one stream; the connection badge shows nothing else. */
import type { Problem } from "./api-error";
import type { Way } from "./ways";

export type LinkState =
  | { readonly phase: "connecting" }
  | { readonly phase: "live"; readonly way?: Way }
  | { readonly phase: "waiting"; readonly attempt: number; readonly retryAt: number }
  | { readonly phase: "retrying"; readonly attempt: number }
  | { readonly phase: "failed"; readonly problem: Problem }
  | { readonly phase: "closed" };

/** Wakes every stream that waits, or that has given up, to try again at once. */
export interface Bell {
  ring(): void;
  /** Resolve at the next ring, or when the signal aborts. */
  heard(signal: AbortSignal): Promise<void>;
}

export function createBell(): Bell {
  const waiting = new Set<() => void>();
  return {
    ring() {
      for (const wake of [...waiting]) wake();
    },
    heard(signal) {
      return new Promise((resolve) => {
        const wake = () => {
          waiting.delete(wake);
          signal.removeEventListener("abort", wake);
          resolve();
        };
        waiting.add(wake);
        signal.addEventListener("abort", wake);
        if (signal.aborted) wake();
      });
    },
  };
}
