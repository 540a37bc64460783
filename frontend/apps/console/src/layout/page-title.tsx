import { isActive, RUN_WORDS, useLiveRuns } from "@sergas/react";
import { type Place, titleOf } from "../routing/screens";

export interface PageTitleProps {
  readonly place: Place;
}

/** The tab says how the run stands while somebody looks elsewhere. */
export function PageTitle({ place: { screen, detail } }: PageTitleProps) {
  const { state, shownRunId } = useLiveRuns();
  const run = shownRunId === undefined ? undefined : state.runs[shownRunId];
  if (screen !== "chat" && screen !== undefined) {
    const name = titleOf(screen);
    return <title>{`${detail === undefined ? "" : `${detail} · `}${name} · Sergas`}</title>;
  }
  if (run === undefined) return <title>Sergas</title>;
  const progress = isActive(run.status) ? ` ${run.workflow?.progress ?? 0} %` : "";
  return <title>{`${RUN_WORDS[run.status].label}${progress} · Sergas`}</title>;
}
