/** The lists of conversations of a page: each is read once, however many parts of it look. */
import type { Api } from "../client/api";
import { type Problem, problemFrom, unreachable } from "../client/api-error";
import type { FollowThreadsRequest } from "../client/follow-threads";
import type { Transport } from "../client/transport";
import {
  NO_THREADS,
  reduceThreadList,
  type ThreadList,
  type ThreadListAction,
} from "../state/thread-list";

export interface ToldThreads {
  /** What the server said last; it stays when nobody watches. */
  readonly list: ThreadList;
  /** Why nothing new comes through now. */
  readonly problem: Problem | undefined;
}

export interface ThreadFeed {
  /** Follow the list until the last watcher lets go. */
  watch(onChange: () => void): () => void;
  read(): ToldThreads;
  tell(action: ThreadListAction): void;
  /** Ask anew at once, also where the server has refused. */
  again(): void;
}

/** The list of those that are archived, or of those that are not. */
export type ThreadFeeds = (isArchived: boolean) => ThreadFeed;

export function createThreadFeeds(
  api: Api,
  transport: Transport,
  onRefusal: (problem: Problem) => void,
): ThreadFeeds {
  const feedOf = (url: string) =>
    createFeed((request) => transport.followThreads({ url, ...request }), onRefusal);
  const archived = feedOf(api.threadsUrl(true));
  const current = feedOf(api.threadsUrl(false));
  return (isArchived) => (isArchived ? archived : current);
}

type Follow = (request: Omit<FollowThreadsRequest, "url">) => Promise<void>;

function createFeed(follow: Follow, onRefusal: (problem: Problem) => void): ThreadFeed {
  const watchers = new Set<() => void>();
  let told: ToldThreads = { list: NO_THREADS, problem: undefined };
  let abort = new AbortController();
  const become = (next: Partial<ToldThreads>) => {
    told = { ...told, ...next };
    for (const hear of [...watchers]) hear();
  };
  const tell = (action: ThreadListAction) => become({ list: reduceThreadList(told.list, action) });
  const again = () => {
    abort.abort();
    abort = new AbortController();
    const { signal } = abort;
    const onLink: FollowThreadsRequest["onLink"] = ({ phase }) =>
      become({ problem: phase === "live" ? undefined : unreachable() });
    follow({ signal, onNews: tell, onLink }).catch((error: unknown) => {
      if (signal.aborted) return;
      const problem = problemFrom(error);
      become({ problem });
      onRefusal(problem);
    });
  };
  return {
    read: () => told,
    tell,
    again,
    watch(onChange) {
      watchers.add(onChange);
      if (watchers.size === 1) again();
      return () => {
        watchers.delete(onChange);
        if (watchers.size === 0) abort.abort();
      };
    },
  };
}
