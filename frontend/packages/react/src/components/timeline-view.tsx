import { useTexts } from "../hooks/texts";
import { formatDuration } from "../state/format";
import type { Texts } from "../state/texts";
import { axisMarks, type Lane, type Timeline } from "../state/timeline";
import { TimelineLane } from "./timeline-lane";

export interface TimelineViewProps {
  readonly timeline: Timeline;
  readonly onPick: (agent: string) => void;
}

/** A label further right would stick out of the panel. */
const LAST_LABEL = 0.9;

/** One lane per agent over the time of the run. */
export function TimelineView({ timeline, onPick }: TimelineViewProps) {
  const texts = useTexts();
  const marks = axisMarks(timeline.spanMs);
  return (
    <section aria-label={texts.timeline} className="panel-section">
      <h3 className="section-title">{texts.timeline}</h3>
      <div className="relative">
        <div aria-hidden className="absolute inset-y-0 end-0 start-[9.5rem]">
          {marks.map((mark) => (
            <span
              key={mark}
              className="absolute inset-y-0 border-s border-line"
              style={{ insetInlineStart: `${(mark / timeline.spanMs) * 100}%` }}
            />
          ))}
        </div>
        <ul className="relative flex flex-col">
          {timeline.lanes.map((lane) => (
            <li key={lane.agent.name}>
              <TimelineLane lane={lane} summary={summaryOf(lane, texts)} onPick={onPick} />
            </li>
          ))}
        </ul>
        <div aria-hidden className="relative ms-[9.5rem] h-4 text-[10px] text-ink-3 tabular-nums">
          {marks
            .filter((mark) => mark / timeline.spanMs < LAST_LABEL)
            .map((mark) => (
              <span
                key={mark}
                className="absolute top-0.5 ps-1 whitespace-nowrap"
                style={{ insetInlineStart: `${(mark / timeline.spanMs) * 100}%` }}
              >
                <bdi>{mark === 0 ? "0" : formatDuration(mark)}</bdi>
              </span>
            ))}
        </div>
      </div>
    </section>
  );
}

function summaryOf({ agent, bars, ticks }: Lane, texts: Texts): string {
  const tries = bars.length > 1 ? `, ${texts.attempts(bars.length)}` : "";
  const calls = texts.toolCalls(ticks.length);
  const order = ticks.some(({ isTimed }) => !isTimed) ? ` (${texts.timesUnknown})` : "";
  const kept = agent.isReused ? `, ${texts.keptFromEarlier}` : "";
  return `${agent.title}: ${texts.agent[agent.status]}, ${calls}${order}${tries}${kept}`;
}
