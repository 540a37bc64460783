/** The list of conversations, as a fold of its pages and of what changes. */
import type { Thread, ThreadPage } from "../client/api-schema";
import type { ThreadNews } from "../client/threads";

export interface ThreadList {
  /** Undefined until the server's list was read. */
  readonly threads: readonly Thread[] | undefined;
  /** Where the list goes on at the server; null when all of it is here. */
  readonly nextCursor: string | null;
}

export type ThreadListAction =
  | ThreadNews
  | ({ readonly type: "page"; readonly after: string } & ThreadPage);

export const NO_THREADS: ThreadList = { threads: undefined, nextCursor: null };

export function reduceThreadList(list: ThreadList, action: ThreadListAction): ThreadList {
  const { threads = [], nextCursor } = list;
  switch (action.type) {
    case "snapshot":
      return { threads: action.threads, nextCursor: action.nextCursor };
    case "page":
      // The list may have begun anew while the page was on its way.
      if (action.after !== nextCursor) return list;
      return { threads: merged(threads, action.threads), nextCursor: action.nextCursor };
    case "thread":
      return { threads: merged(threads, [action.thread]), nextCursor };
    case "deleted":
      return { threads: threads.filter(({ id }) => id !== action.threadId), nextCursor };
  }
}

/** Those that are archived, or those that are not, the most recently used first. */
export function threadsOf({ threads }: ThreadList, isArchived: boolean) {
  return threads
    ?.filter(({ archived }) => archived === isArchived)
    .sort((one, other) => usedAt(other).localeCompare(usedAt(one)));
}

function merged(known: readonly Thread[], told: readonly Thread[]): readonly Thread[] {
  const news = new Set(told.map(({ id }) => id));
  return [...known.filter(({ id }) => !news.has(id)), ...told];
}

function usedAt({ lastRunAt, updatedAt }: Thread): string {
  return lastRunAt ?? updatedAt;
}
