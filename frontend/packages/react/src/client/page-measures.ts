/** Listens to what the browser knows of its own speed. */
import { onINP, onTTFB } from "web-vitals";
import type { Meter } from "./meter";

/** Every page has one load and one set of interactions, so this is for one meter of a page. */
export function measurePage(meter: Meter): () => void {
  let isOver = false;
  onTTFB(({ value }) => isOver || meter.note("page_first_byte", value));
  onINP(({ value }) => isOver || meter.note("interaction", value), { reportAllChanges: true });
  const frames = longFrames(meter);
  return () => {
    isOver = true;
    frames?.disconnect();
  };
}

/** Chromium tells long frames; other browsers tell tasks that made a frame long, or nothing. */
function longFrames(meter: Meter): PerformanceObserver | undefined {
  if (typeof PerformanceObserver === "undefined") return undefined;
  const known = PerformanceObserver.supportedEntryTypes ?? [];
  const type = ["long-animation-frame", "longtask"].find((candidate) => known.includes(candidate));
  if (type === undefined) return undefined;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) meter.note("long_frame", duration);
  });
  observer.observe({ type, buffered: true });
  return observer;
}
