/** The limits of the server in words, with the variable that sets each. */
import { formatCount } from "../lists/formats";
import type { Fact } from "./fact-list";
import type { Health } from "./health-api";

const WORDS: Readonly<Record<string, readonly [label: string, unit: string]>> = {
  max_active_runs: ["Runs at work on one server", ""],
  max_queued_runs: ["Runs that wait", ""],
  max_runs_total: ["Runs at work on all servers", ""],
  run_timeout_seconds: ["A run's leg ends after", "s"],
  agent_timeout_seconds: ["An agent's attempt ends after", "s"],
  agent_idle_seconds: ["An agent may be silent for", "s"],
  agent_attempts: ["Attempts of an agent", ""],
  max_body_bytes: ["A request may have", "bytes"],
  retention_days: ["Ended runs are kept for", "days"],
  budget_tokens: ["Budget of a run: tokens", ""],
  budget_cost_usd: ["Budget of a run: cost", "US dollars"],
  budget_tool_calls: ["Budget of a run: tool calls", ""],
  budget_seconds: ["Budget of a run: time", "s"],
};

export function limitFacts(limits: Health["limits"]): readonly Fact[] {
  return Object.entries(limits).map(([key, value]) => {
    const [label, unit] = WORDS[key] ?? [key.replaceAll("_", " "), ""];
    const isNone = value === null || value === 0;
    const amount = typeof value === "number" ? formatCount(value) : value;
    return {
      label,
      value: isNone ? "no limit" : `${amount} ${unit}`.trim(),
      name: `SERGAS_${key.toUpperCase()}`,
    };
  });
}
