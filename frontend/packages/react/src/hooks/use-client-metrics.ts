import { useSyncExternalStore } from "react";
import type { ClientMetrics } from "../client/meter";
import { useLiveRuns } from "./live-runs";

/** What this page has measured of itself, told anew at most once a second. */
export function useClientMetrics(): ClientMetrics {
  const { meter } = useLiveRuns();
  return useSyncExternalStore(meter.subscribe, meter.metrics, meter.metrics);
}
