/** What the conversation says of itself before anything is said in it. */
import { DEFAULT_AGENT, type OfferedAgent } from "../session/offered-agents";
import type { Server } from "../session/server-api";

export interface ChatWords {
  readonly title: string;
  readonly text: string;
  /** What the agents think with, where that is known. */
  readonly thinking: string | undefined;
  readonly placeholder: string;
  /** Below the message box. */
  readonly caution: string;
}

/** Whether a conversation is with the account copilot, of which the page knows more. */
export function isCopilot({ hasAccounts }: Pick<Server, "hasAccounts">, agent: OfferedAgent) {
  return hasAccounts && agent.id === DEFAULT_AGENT;
}

type Told = Pick<Server, "hasAccounts" | "runtime" | "model">;

export function chatWords(server: Told, agent: OfferedAgent): ChatWords {
  const { title, description: text } = agent;
  const says = { thinking: thinkingOf(server), caution: cautionOf(server) };
  if (isCopilot(server, agent)) return { ...COPILOT, ...says };
  return { title, text, placeholder: title === "" ? "Your message" : `Message ${title}`, ...says };
}

function thinkingOf({ hasAccounts, runtime, model }: Told): string | undefined {
  if (runtime === "") return undefined;
  if (!hasAccounts) return model === "" ? undefined : `The server's model is ${model}.`;
  return runtime === "rules"
    ? "Rules runtime: briefs are computed from the records. No model is used, nothing leaves this server."
    : `The agents think with ${model === "" ? runtime : model}.`;
}

function cautionOf({ hasAccounts, runtime }: Told): string {
  if (!hasAccounts) return "Agents can be wrong. Check what matters.";
  return runtime === "rules"
    ? "Computed by rules from your records. No model is used."
    : "Check what matters against the records.";
}

const COPILOT = {
  title: "Know where an account stands before you call",
  text: "Three agents read the CRM and the account's history, then write a brief: what changed, what was promised, what to do next. Every statement points to the record behind it.",
  placeholder: "Ask about an account",
} as const;
