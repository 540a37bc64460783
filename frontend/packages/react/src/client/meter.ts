/** What a page measures of itself: the newest times of each kind, and those to report. */
export const MEASURES = [
  "page_first_byte",
  "stream_first_byte",
  "chunk_interval",
  "long_frame",
  "interaction",
] as const;
export type Measure = (typeof MEASURES)[number];

export interface Sample {
  readonly measure: Measure;
  readonly ms: number;
}

export interface PageReport {
  readonly samples: readonly Sample[];
  readonly errors: number;
}

export interface MeasureSummary {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
}

export interface ClientMetrics {
  readonly measures: Readonly<Record<Measure, MeasureSummary>>;
  /** Parts of the page that broke and were fenced off. */
  readonly errors: number;
}

export interface Meter {
  note(measure: Measure, ms: number): void;
  noteError(): void;
  /** The same object until something is noted. */
  metrics(): ClientMetrics;
  /** What was noted since the last time this was asked; undefined if nothing. */
  take(): PageReport | undefined;
  /** Be called soon after something is noted, at most once a second. */
  subscribe(onChange: () => void): () => void;
}

/** More would be a page that is open for days; the newest tell how it is now. */
const KEPT = 256;
/** The server takes 500. */
const REPORTED = 400;
const TELL_MS = 1000;

export function createMeter(): Meter {
  const kept = new Map<Measure, number[]>(MEASURES.map((measure) => [measure, []]));
  const counts = new Map<Measure, number>();
  const listeners = new Set<() => void>();
  let pending: Sample[] = [];
  let errors = 0;
  let reportedErrors = 0;
  let summary: ClientMetrics | undefined;
  let isTelling = false;

  function tell(): void {
    isTelling = false;
    summary = undefined;
    for (const listener of listeners) listener();
  }

  function changed(): void {
    if (listeners.size === 0) summary = undefined;
    else if (!isTelling) {
      isTelling = true;
      setTimeout(tell, TELL_MS);
    }
  }

  return {
    note(measure, ms) {
      const times = kept.get(measure) ?? [];
      times.push(ms);
      if (times.length > KEPT) times.shift();
      counts.set(measure, (counts.get(measure) ?? 0) + 1);
      if (pending.length < REPORTED) pending.push({ measure, ms });
      changed();
    },
    noteError() {
      errors += 1;
      changed();
    },
    metrics() {
      summary ??= {
        measures: {
          page_first_byte: summaryOf(kept.get("page_first_byte"), counts.get("page_first_byte")),
          stream_first_byte: summaryOf(
            kept.get("stream_first_byte"),
            counts.get("stream_first_byte"),
          ),
          chunk_interval: summaryOf(kept.get("chunk_interval"), counts.get("chunk_interval")),
          long_frame: summaryOf(kept.get("long_frame"), counts.get("long_frame")),
          interaction: summaryOf(kept.get("interaction"), counts.get("interaction")),
        },
        errors,
      };
      return summary;
    },
    take() {
      const report = { samples: pending, errors: Math.min(100, errors - reportedErrors) };
      if (report.samples.length === 0 && report.errors === 0) return undefined;
      pending = [];
      reportedErrors += report.errors;
      return report;
    },
    subscribe(onChange) {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
  };
}

function summaryOf(times: readonly number[] = [], count = 0): MeasureSummary {
  const sorted = times.toSorted((one, other) => one - other);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return { count, p50: at(0.5), p95: at(0.95), max: sorted.at(-1) ?? 0 };
}
