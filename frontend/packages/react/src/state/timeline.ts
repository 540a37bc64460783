/** Where the bars and ticks of a run lie, as fractions of the time that is shown. */
import type { AgentView } from "./agent-views";
import type { AttemptView, ToolCallView } from "./run-view";

export interface Bar {
  readonly id: string;
  readonly attempt: number;
  readonly outcome: AttemptView["outcome"];
  readonly from: number;
  readonly to: number;
}

export interface Tick {
  readonly id: string;
  readonly name: string;
  readonly at: number;
  /** As long as the call took; 0 where that is not known. */
  readonly width: number;
  readonly isError: boolean;
  readonly isOpen: boolean;
  /** Otherwise only the order is known, not the time. */
  readonly isTimed: boolean;
}

export interface Lane {
  readonly agent: AgentView;
  readonly bars: readonly Bar[];
  readonly ticks: readonly Tick[];
}

export interface Timeline {
  readonly spanMs: number;
  readonly lanes: readonly Lane[];
}

interface Scale {
  readonly place: (at: number) => number;
  readonly endedAt: number;
  readonly spanMs: number;
}

const SHORTEST_MS = 1000;

export function timelineOf(
  agents: readonly AgentView[],
  startedAt: number | undefined,
  endedAt: number,
): Timeline {
  const from = startedAt ?? endedAt;
  const spanMs = Math.max(SHORTEST_MS, endedAt - from);
  const place = (at: number) => Math.min(1, Math.max(0, (at - from) / spanMs));
  return { spanMs, lanes: agents.map((agent) => laneOf(agent, { place, endedAt, spanMs })) };
}

function laneOf(agent: AgentView, { place, endedAt, spanMs }: Scale): Lane {
  const bars = agent.attempts.flatMap((attempt) => {
    if (attempt.startedAt === undefined) return [];
    const { id, outcome } = attempt;
    const from = place(attempt.startedAt);
    const to = place(attempt.finishedAt ?? endedAt);
    return [{ id, outcome, attempt: attempt.attempt, from, to }];
  });
  const ticks = bars.flatMap((bar) => ticksOf(bar, agent.tools, { place, endedAt, spanMs }));
  return { agent, bars, ticks };
}

/** A tool call without a time of its own is spread over its attempt in the order of the log. */
function ticksOf(bar: Bar, tools: readonly ToolCallView[], { place, spanMs }: Scale): Tick[] {
  const own = tools.filter((tool) => tool.attemptId === bar.id);
  return own.map((tool, index) => ({
    id: tool.id,
    name: tool.name,
    at:
      tool.startedAt === undefined
        ? bar.from + ((bar.to - bar.from) * (index + 1)) / (own.length + 1)
        : place(tool.startedAt),
    width: tool.startedAt === undefined ? 0 : lengthOf(tool, bar, place, spanMs),
    isError: tool.isError,
    isOpen: tool.result === undefined,
    isTimed: tool.startedAt !== undefined,
  }));
}

/** An open call is as long as its attempt has gone on. */
function lengthOf(
  { result, executionMs = 0, startedAt = 0 }: ToolCallView,
  bar: Bar,
  place: Scale["place"],
  spanMs: number,
): number {
  if (result === undefined) return Math.max(0, bar.to - place(startedAt));
  return executionMs / spanMs;
}

/** Round marks for the time axis: 0, and up to four more. */
export function axisMarks(spanMs: number): readonly number[] {
  const steps = [
    250, 500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000, 300_000, 600_000, 3_600_000,
  ];
  const step = steps.find((candidate) => spanMs / candidate <= 4) ?? spanMs;
  return Array.from({ length: Math.floor(spanMs / step) + 1 }, (_, index) => index * step);
}
