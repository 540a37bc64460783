import { useMemo } from "react";
import { problemFrom } from "../client/api-error";
import type { Thread } from "../client/api-schema";
import { archiveThread, changeThread, deleteThread } from "../client/thread-changes";
import { useLiveRuns } from "./live-runs";

/** Each is false if the server refused; every list shows a change when the server tells of it. */
export interface ThreadChanges {
  readonly rename: (thread: Thread, name: string) => Promise<boolean>;
  readonly archive: (thread: Thread) => Promise<boolean>;
  readonly unarchive: (thread: Thread) => Promise<boolean>;
  /** Delete a conversation with its runs. */
  readonly delete: (thread: Thread) => Promise<boolean>;
}

export function useThreadChanges(): ThreadChanges {
  const { api, dispatch } = useLiveRuns();
  return useMemo(() => {
    const whetherDone = (change: Promise<unknown>) =>
      change.then(
        () => true,
        (error: unknown) => {
          dispatch({ type: "problem", problem: problemFrom(error) });
          return false;
        },
      );
    return {
      rename: (thread, name) => whetherDone(changeThread(api, thread, { name })),
      archive: (thread) => whetherDone(archiveThread(api, thread)),
      unarchive: (thread) => whetherDone(changeThread(api, thread, { archived: false })),
      delete: (thread) => whetherDone(deleteThread(api, thread)),
    };
  }, [api, dispatch]);
}
