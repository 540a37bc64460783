/** What the server offers to talk to: its workflows, and each of its agents alone. */
import type { Answer } from "@sergas/react";
import { z } from "zod";

export interface OfferedAgent {
  /** As a run is asked for; that of the server's choice is `default`. */
  readonly id: string;
  /** The workflow that it is, as runs tell it. */
  readonly workflow: string;
  readonly title: string;
  readonly description: string;
}

export const DEFAULT_AGENT = "default";
export const NO_AGENT: OfferedAgent = {
  id: DEFAULT_AGENT,
  workflow: "",
  title: "",
  description: "",
};

/** It runs agents that a request names, and the page names none. */
const CHOSEN = "agents";

const agentSchema = z.object({
  description: z.string().catch(""),
  capabilities: z.object({ identity: z.object({ name: z.string() }) }),
});

/** The server's choice first, then the others in its order. */
export function offeredAgents({
  agents,
  defaultAgent,
}: Answer<"GET /api/copilotkit/info">): readonly OfferedAgent[] {
  const others = Object.keys(agents).filter(
    (name) => name !== DEFAULT_AGENT && name !== CHOSEN && name !== defaultAgent,
  );
  return [
    offered(DEFAULT_AGENT, defaultAgent, agents[DEFAULT_AGENT]),
    ...others.map((name) => offered(name, name, agents[name])),
  ];
}

function offered(id: string, workflow: string, told: unknown): OfferedAgent {
  const { data } = agentSchema.safeParse(told);
  const title = data?.capabilities.identity.name ?? workflow;
  return { id, workflow, title, description: data?.description ?? "" };
}

/** The agent of that id or workflow; the server's choice where it no longer offers it. */
export function agentNamed(agents: readonly OfferedAgent[], name: string): OfferedAgent {
  return (
    agents.find(({ id, workflow }) => id === name || workflow === name) ?? agents[0] ?? NO_AGENT
  );
}
