import { type AgentView, StatusIcon, type Tone } from "@sergas/react";
import { formatCompact, formatCost } from "../lists/formats";
import { agentNames, type ComparedRun, formatTime, timeOf } from "./comparison-rows";

export interface AgentComparisonProps {
  readonly pair: readonly [ComparedRun, ComparedRun];
  readonly now: number;
}

/** Agent by agent: time as a bar, on one scale for both runs. */
export function AgentComparison({ pair, now }: AgentComparisonProps) {
  const names = agentNames(pair);
  const times = pair.flatMap(({ agents }) => agents.map((agent) => timeOf(agent, now) ?? 0));
  const longestMs = Math.max(1, ...times);
  return (
    <tbody>
      <tr className="plain-row">
        <th scope="rowgroup" colSpan={3} className="pt-6 text-xs font-semibold text-ink-2">
          Agents
        </th>
      </tr>
      {names.map(({ name, title }) => (
        <tr key={name} className="plain-row align-top">
          <th scope="row">{title}</th>
          {pair.map(({ agents }, place) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: there are two, the first and the second.
            <td key={place}>
              <AgentCell
                agent={agents.find((agent) => agent.name === name)}
                longestMs={longestMs}
                now={now}
              />
            </td>
          ))}
        </tr>
      ))}
    </tbody>
  );
}

interface AgentCellProps {
  readonly agent: AgentView | undefined;
  readonly longestMs: number;
  readonly now: number;
}

function AgentCell({ agent, longestMs, now }: AgentCellProps) {
  if (agent === undefined) return <span className="text-ink-3">not in this run</span>;
  const time = timeOf(agent, now);
  const facts = [
    agent.isReused ? "kept from the earlier run" : formatTime(time),
    agent.attempt > 1 && !agent.isReused ? `${agent.attempt} attempts` : "",
    agent.tools.length === 1 ? "1 tool call" : `${agent.tools.length} tool calls`,
    agent.usage ? `${formatCompact(agent.usage.totalTokens)} tokens` : "",
    agent.usage?.costUsd === undefined ? "" : formatCost(agent.usage.costUsd),
  ];
  return (
    <div className="flex flex-col gap-1">
      <span className="flex items-center gap-1.5 text-xs">
        <StatusIcon tone={TONES[agent.status]} size={13} />
        <span className="text-ink-2 tabular-nums">{facts.filter(Boolean).join(" · ")}</span>
      </span>
      {time !== undefined && (
        <span aria-hidden className="h-1.5 rounded-full bg-sunken">
          <span
            className={`block h-full min-w-1 rounded-full ${agent.status === "error" ? "bg-bad" : "bg-run/70"}`}
            style={{ width: `${(100 * time) / longestMs}%` }}
          />
        </span>
      )}
      {agent.fault !== undefined && <span className="text-xs text-bad">{agent.fault}</span>}
    </div>
  );
}

const TONES: Readonly<Record<AgentView["status"], Tone>> = {
  initializing: "idle",
  running: "active",
  completed: "ok",
  error: "bad",
  cancelled: "off",
  waiting: "wait",
};
