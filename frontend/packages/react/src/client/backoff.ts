/** How long to wait before the next attempt to reconnect. */
export interface BackoffPolicy {
  readonly firstMs: number;
  readonly limitMs: number;
}

export const DEFAULT_BACKOFF: BackoffPolicy = { firstMs: 500, limitMs: 10_000 };

/**
 * Exponential, with the upper half random, so that the pages of a restarted server do not all
 * come back in the same moment. What the server asks for (Retry-After) is a lower bound.
 */
export function backoffMs(
  attempt: number,
  random: () => number,
  retryAfterMs = 0,
  policy: BackoffPolicy = DEFAULT_BACKOFF,
): number {
  const ceiling = Math.min(policy.limitMs, policy.firstMs * 2 ** (attempt - 1));
  return Math.max(retryAfterMs, Math.round(ceiling / 2 + (ceiling / 2) * random()));
}

/** Read a Retry-After header, which holds seconds or an HTTP date. */
export function retryAfterMs(header: string | null, nowMs: number): number | undefined {
  if (header === null || header.trim() === "") return undefined;
  const seconds = Number(header);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
