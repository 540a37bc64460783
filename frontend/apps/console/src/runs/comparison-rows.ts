/** What two runs are compared by: the whole of each, then agent by agent. */
import {
  type AgentView,
  formatDuration,
  RUN_WORDS,
  type RunRecord,
  type Tone,
} from "@sergas/react";
import { formatCost, formatCount, formatMoment, formatTook, tookMs } from "../lists/formats";

export interface ComparedRun {
  readonly record: RunRecord | undefined;
  readonly agents: readonly AgentView[];
}

export interface Cell {
  readonly text: string;
  readonly tone?: Tone;
  /** What a difference is worked out from. */
  readonly amount?: number | undefined;
}

export interface Row {
  readonly label: string;
  readonly cells: readonly [Cell, Cell];
}

type Pair = readonly [ComparedRun, ComparedRun];

export function wholeRows(pair: Pair, now: number): readonly Row[] {
  return [
    row("Outcome", pair, ({ record }) => ({
      text: record === undefined ? "" : RUN_WORDS[record.status].label,
      ...(record !== undefined && { tone: RUN_WORDS[record.status].tone }),
    })),
    row("Why", pair, ({ record }) => ({
      text: record?.outcome?.error?.message ?? record?.outcome?.reason ?? "–",
    })),
    row("Workflow", pair, ({ record }) => ({ text: record?.title ?? "" })),
    row("Started", pair, ({ record }) => ({ text: formatMoment(record?.startedAt) || "–" })),
    row("Took", pair, ({ record }) => ({
      text: record === undefined ? "" : formatTook(record, now),
      amount: record && tookMs(record, now),
    })),
    row("Tool calls", pair, ({ agents }) => {
      const calls = agents.reduce((sum, { tools }) => sum + tools.length, 0);
      return { text: formatCount(calls), amount: calls };
    }),
    row("Tokens", pair, ({ record }) => ({
      text: formatCount(record?.usage?.totalTokens),
      amount: record?.usage?.totalTokens,
    })),
    row("Cost", pair, ({ record }) => ({
      text: formatCost(record?.usage?.costUsd),
      amount: record?.usage?.costUsd,
    })),
  ];
}

export function agentNames(pair: Pair): readonly { name: string; title: string }[] {
  const known = new Map<string, string>();
  for (const { agents } of pair) for (const { name, title } of agents) known.set(name, title);
  return [...known].map(([name, title]) => ({ name, title }));
}

export function timeOf(agent: AgentView | undefined, now: number): number | undefined {
  if (agent?.startedAt === undefined || agent.isReused) return undefined;
  const isWorking = agent.status === "running";
  const endedAt = agent.finishedAt ?? (isWorking ? now : agent.attempts.at(-1)?.finishedAt);
  return endedAt === undefined ? undefined : endedAt - agent.startedAt;
}

/** How much more or less the second is than the first, in words. */
export function differenceOf({ cells: [one, other] }: Row): string {
  if (one.amount === undefined || other.amount === undefined || one.amount === other.amount)
    return "";
  if (one.amount === 0) return "";
  const percent = Math.round(((other.amount - one.amount) / one.amount) * 100);
  if (percent === 0) return "";
  return percent > 0 ? `+${percent} %` : `−${-percent} %`;
}

export function formatTime(ms: number | undefined): string {
  return ms === undefined ? "–" : formatDuration(ms);
}

function row(label: string, [one, other]: Pair, cellOf: (run: ComparedRun) => Cell): Row {
  return { label, cells: [cellOf(one), cellOf(other)] };
}
