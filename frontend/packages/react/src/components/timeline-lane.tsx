import { useTexts } from "../hooks/texts";
import type { Bar, Lane } from "../state/timeline";
import { agentWords, type Tone } from "../state/words";
import { TONE_FILL } from "./tones";
import { ToolMark } from "./tool-mark";

export interface TimelineLaneProps {
  readonly lane: Lane;
  readonly summary: string;
  readonly onPick: (agent: string) => void;
}

export function TimelineLane({ lane, summary, onPick }: TimelineLaneProps) {
  const { agent, bars, ticks } = lane;
  const texts = useTexts();
  const tone = agentWords(agent.status).tone;
  return (
    <button
      type="button"
      title={summary}
      onClick={() => onPick(agent.name)}
      className="group flex h-8 w-full items-center rounded text-start"
    >
      <span className="sr-only">{summary}</span>
      <span
        aria-hidden
        className="w-[9.5rem] shrink-0 truncate pe-2 text-xs text-ink-2 group-hover:text-ink"
      >
        {agent.title}
      </span>
      <span aria-hidden className="relative h-full min-w-0 flex-1">
        {agent.isReused && (
          <span className="absolute top-1/2 -translate-y-1/2 ps-1 text-[11px] text-ink-3">
            {texts.keptFromEarlier}
          </span>
        )}
        {bars.map((bar) => (
          <span
            key={bar.id}
            className={`absolute top-1/2 h-3 min-w-1 -translate-y-1/2 rounded-[3px] ${TONE_FILL[toneOf(bar, tone)]} ${bar.outcome === "running" ? "bar-live" : ""}`}
            style={{ insetInlineStart: percent(bar.from), width: percent(bar.to - bar.from) }}
          >
            {bar.attempt > 1 && (
              <span className="absolute -top-1.5 -start-1.5 z-10 flex size-3.5 items-center justify-center rounded-full border border-surface bg-wait text-[9px] font-semibold text-on-fill">
                {bar.attempt}
              </span>
            )}
          </span>
        ))}
        {ticks.map((tick) => (
          <ToolMark key={tick.id} tick={tick} />
        ))}
      </span>
    </button>
  );
}

/** A bar that ended has its own colour; the open one has the agent's. */
function toneOf(bar: Bar, agentTone: Tone): Tone {
  switch (bar.outcome) {
    case "failed":
      return agentTone === "off" ? "off" : "bad";
    case "completed":
      return "ok";
    case "suspended":
      return "wait";
    case "running":
      return agentTone;
  }
}

function percent(fraction: number): string {
  return `${(fraction * 100).toFixed(2)}%`;
}
