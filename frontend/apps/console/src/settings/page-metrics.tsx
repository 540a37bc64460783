import { formatDuration, type Measure, useClientMetrics } from "@sergas/react";
import { FactList } from "./fact-list";

const LABELS: readonly (readonly [Measure, string])[] = [
  ["page_first_byte", "First byte of the page"],
  ["stream_first_byte", "First byte of a stream"],
  ["chunk_interval", "Between pieces of a stream"],
  ["long_frame", "Long frames"],
  ["interaction", "Interactions"],
];

/** What this page has measured of itself since it was opened. */
export function PageMetrics() {
  const { measures, errors } = useClientMetrics();
  const facts = LABELS.map(([measure, label]) => {
    const { count, p50, p95, max } = measures[measure];
    const times = [p50, p95, max].map((ms) => formatDuration(ms)).join(", ");
    return {
      label,
      value: count === 0 ? "none yet" : `${times} (half, 95 %, longest of ${count})`,
    };
  });
  return <FactList facts={[...facts, { label: "Parts that broke", value: String(errors) }]} />;
}
