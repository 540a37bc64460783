import { createContext, type Dispatch, useContext } from "react";
import type { Api } from "../client/api";
import type { Meter } from "../client/meter";
import type { RunFeeds } from "../client/run-feeds";
import type { Transport } from "../client/transport";
import type { EnhancedAction } from "../state/dashboard";
import type { EnhancedState } from "../state/enhanced-state";
import type { ThreadFeeds } from "./thread-feeds";
import type { RunActions } from "./use-run-actions";

/** The runs of this page, without anything of CopilotKit's. */
export interface LiveRuns {
  readonly state: EnhancedState;
  readonly dispatch: Dispatch<EnhancedAction>;
  readonly actions: RunActions;
  readonly api: Api;
  readonly transport: Transport;
  readonly feeds: RunFeeds;
  readonly threadFeeds: ThreadFeeds;
  /** What this page measures of itself. */
  readonly meter: Meter;
  readonly threadId: string | undefined;
  /** The run that the panel shows: the one that was picked, or the newest of the thread. */
  readonly shownRunId: string | undefined;
  /** The newest run of the thread, and the one that its messages have come to. */
  readonly newestRunId: string | undefined;
  readonly joinedRunId: string | undefined;
}

export const LiveRunsContext = createContext<LiveRuns | undefined>(undefined);

/** The runs of this page; throws outside `RunsProvider` and `EnhancedCopilotProvider`. */
export function useLiveRuns(): LiveRuns {
  const runs = useContext(LiveRunsContext);
  if (runs === undefined) {
    throw new Error("useLiveRuns must be used inside <RunsProvider>.");
  }
  return runs;
}
