/** The word and the tone of every status; nothing is "ok" that has not finished. */
import type { RunStatus, Usage } from "../client/api-schema";
import type { Connection } from "./connection";
import { formatCount, formatUsd } from "./format";
import { TEXTS, type Texts } from "./texts";
import type { AgentState, WorkflowStatus } from "./workflow-status";

export type Tone = "idle" | "active" | "ok" | "wait" | "bad" | "off";

export interface Words {
  readonly label: string;
  readonly tone: Tone;
}

const RUN_TONES: Readonly<Record<RunStatus, Tone>> = {
  queued: "idle",
  running: "active",
  completed: "ok",
  interrupted: "wait",
  cancelled: "off",
  failed: "bad",
};

const AGENT_TONES: Readonly<Record<AgentState, Tone>> = {
  initializing: "idle",
  running: "active",
  completed: "ok",
  error: "bad",
  cancelled: "off",
  waiting: "wait",
};

export function runWords(status: RunStatus, texts: Texts = TEXTS): Words {
  return { label: texts.run[status], tone: RUN_TONES[status] };
}

/** In the words that a page without its own has. */
export const RUN_WORDS: Readonly<Record<RunStatus, Words>> = {
  queued: runWords("queued"),
  running: runWords("running"),
  completed: runWords("completed"),
  interrupted: runWords("interrupted"),
  cancelled: runWords("cancelled"),
  failed: runWords("failed"),
};

export function agentWords(status: AgentState, texts: Texts = TEXTS): Words {
  return { label: texts.agent[status], tone: AGENT_TONES[status] };
}

export function connectionWords(connection: Connection, now: number, texts: Texts = TEXTS): Words {
  switch (connection.status) {
    case "connected":
      if (connection.openStreams === 0) return { label: texts.connected, tone: "ok" };
      return { label: connection.isOverSocket ? texts.overSocket : texts.live, tone: "ok" };
    case "connecting":
      return { label: texts.connecting, tone: "active" };
    case "reconnecting": {
      const inS = Math.ceil(((connection.retryAt ?? now) - now) / 1000);
      return { label: texts.reconnectingIn(inS), tone: "wait" };
    }
    case "disconnected":
      return { label: texts.offline, tone: "bad" };
  }
}

/** What a runtime is, for somebody who asks what an agent thinks with. */
export function runtimeWords(runtime: string, texts: Texts = TEXTS): string {
  return runtime === "rules" ? texts.noModel : runtime;
}

/** What the agents of a run think with, each thing once. */
export function thinkingWords(workflow: WorkflowStatus, texts: Texts = TEXTS): string {
  const said = Object.values(workflow.agents).map(({ runtime = "", model }) =>
    model === undefined ? runtimeWords(runtime, texts) : `${model} (${runtime})`,
  );
  return [...new Set(said)].filter((words) => words !== "").join(", ");
}

type Cost = Pick<Usage, "totalTokens" | "costUsd" | "unpricedTokens">;

/** Tokens and cost; a cost that leaves out what has no price says so. */
export function usageWords(usage: Cost, texts: Texts = TEXTS): string {
  const { totalTokens, costUsd, unpricedTokens } = usage;
  const tokens = texts.tokens(formatCount(totalTokens), totalTokens);
  if (costUsd === undefined) return `${tokens} · ${texts.priceUnknown}`;
  const cost = formatUsd(costUsd);
  return `${tokens} · ${unpricedTokens > 0 ? texts.atLeast(cost) : cost}`;
}
