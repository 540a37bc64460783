/** Reads the list of conversations as it changes; every connection begins with the whole list. */
import type { LinkState } from "./link";
import { resumeFrames } from "./resume";
import { parseThreadNews, type ThreadNews } from "./threads";
import type { TransportContext } from "./transport-context";

export interface FollowThreadsRequest {
  readonly url: string;
  readonly signal: AbortSignal;
  readonly onNews: (news: ThreadNews) => void;
  readonly onLink: (state: LinkState) => void;
}

/** Follow until aborted; rejects if the server refuses. */
export async function followThreads(
  { options, policy, bell }: TransportContext,
  { url, signal, onNews, onLink }: FollowThreadsRequest,
): Promise<void> {
  const frames = resumeFrames({
    open: () =>
      options.fetch(url, {
        headers: { Accept: "text/event-stream", ...options.headers() },
        signal,
      }),
    isJoin: true,
    signal,
    policy,
    bell,
    report: onLink,
  });
  for await (const frame of frames) {
    const news = parseThreadNews(frame.data);
    if (news !== undefined && !signal.aborted) onNews(news);
  }
}
