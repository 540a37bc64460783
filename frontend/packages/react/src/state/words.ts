/** The words and the tone of every status; nothing is "ok" that has not finished. */
import type { RunStatus } from "../client/run-record";
import type { Connection } from "./connection";
import type { AgentState } from "./workflow-status";

export type Tone = "idle" | "active" | "ok" | "wait" | "bad" | "off";

export interface Words {
  readonly label: string;
  readonly tone: Tone;
}

export const RUN_WORDS: Readonly<Record<RunStatus, Words>> = {
  queued: { label: "Queued", tone: "idle" },
  running: { label: "Running", tone: "active" },
  completed: { label: "Completed", tone: "ok" },
  interrupted: { label: "Waiting for you", tone: "wait" },
  cancelled: { label: "Stopped", tone: "off" },
  failed: { label: "Failed", tone: "bad" },
};

export const AGENT_WORDS: Readonly<Record<AgentState, Words>> = {
  initializing: { label: "Not started", tone: "idle" },
  running: { label: "Working", tone: "active" },
  completed: { label: "Done", tone: "ok" },
  error: { label: "Failed", tone: "bad" },
  cancelled: { label: "Stopped", tone: "off" },
  waiting: { label: "Waiting for you", tone: "wait" },
};

export function connectionWords(connection: Connection, now: number): Words {
  switch (connection.status) {
    case "connected":
      if (connection.openStreams === 0) return { label: "Connected", tone: "ok" };
      return { label: connection.isOverSocket ? "Live over WebSocket" : "Live", tone: "ok" };
    case "connecting":
      return { label: "Connecting", tone: "active" };
    case "reconnecting": {
      const inS = Math.ceil(((connection.retryAt ?? now) - now) / 1000);
      const label = inS > 0 ? `Reconnecting in ${inS} s` : "Reconnecting";
      return { label, tone: "wait" };
    }
    case "disconnected":
      return { label: "Offline", tone: "bad" };
  }
}

/** What a runtime is, for somebody who asks what an agent thinks with. */
export function runtimeWords(runtime: string): string {
  return runtime === "rules" ? "rules, no model" : runtime;
}
