import { useEffect, useState } from "react";
import type { Api } from "../client/api";
import { createMeter, type Meter } from "../client/meter";
import { measurePage } from "../client/page-measures";

const REPORT_MS = 15_000;

export function useMeter(): Meter {
  const [meter] = useState(createMeter);
  useEffect(() => measurePage(meter), [meter]);
  return meter;
}

/** Report what was measured now and then, and when the page is left; only if it was allowed to. */
export function useReports(meter: Meter, api: Api, isAllowed: boolean): void {
  useEffect(() => {
    if (!isAllowed) return;
    const report = () => {
      const told = meter.take();
      // What a page measures is worth no message to its reader.
      if (told !== undefined) api.report(told).catch(() => undefined);
    };
    const onLeave = () => document.visibilityState === "hidden" && report();
    const timer = setInterval(report, REPORT_MS);
    document.addEventListener("visibilitychange", onLeave);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onLeave);
      report();
    };
  }, [meter, api, isAllowed]);
}
