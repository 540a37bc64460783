/** The logs that a page reads: each run's once, however many parts of the page look at it. */
import type { Api } from "./api";
import type { Transport } from "./transport";

export interface RunFeeds {
  /** Read a run's log from after `seq` on until the last watcher lets go. */
  watch(request: WatchRequest): () => void;
}

export interface WatchRequest {
  readonly runId: string;
  readonly after: number;
  /** Nothing may come after the cursor, as for a run that waits for a person. */
  readonly mayBeEmpty: boolean;
}

interface Feed {
  readonly abort: AbortController;
  watchers: number;
}

export function createRunFeeds(api: Api, transport: Transport): RunFeeds {
  const feeds = new Map<string, Feed>();
  const open = ({ runId, after, mayBeEmpty }: WatchRequest): Feed => {
    const abort = new AbortController();
    const url = api.eventsUrl(runId, after);
    void transport.follow({ url, runId, after, signal: abort.signal, mayBeEmpty });
    return { abort, watchers: 0 };
  };
  return {
    watch(request) {
      const feed = feeds.get(request.runId) ?? open(request);
      feeds.set(request.runId, feed);
      feed.watchers += 1;
      return () => {
        feed.watchers -= 1;
        if (feed.watchers > 0) return;
        feeds.delete(request.runId);
        feed.abort.abort();
      };
    },
  };
}
