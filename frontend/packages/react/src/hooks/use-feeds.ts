import { type Dispatch, useMemo } from "react";
import type { Api } from "../client/api";
import { createRunFeeds } from "../client/run-feeds";
import type { Transport } from "../client/transport";
import type { EnhancedAction } from "../state/dashboard";
import { createThreadFeeds } from "./thread-feeds";

/** What a page reads as it grows: logs of runs and lists of conversations, each of them once. */
export function useFeeds(api: Api, transport: Transport, dispatch: Dispatch<EnhancedAction>) {
  return useMemo(
    () => ({
      feeds: createRunFeeds(api, transport),
      threadFeeds: createThreadFeeds(api, transport, (problem) =>
        dispatch({ type: "problem", problem }),
      ),
    }),
    [api, transport, dispatch],
  );
}
