/** What models used, added up by the server. */
import type { Answer, Api } from "@sergas/react";

export type UsageTable = Answer<"GET /api/usage">;
export type UsageRow = UsageTable["usage"][number];

export const USAGE_BY = ["model", "agent", "thread", "run", "user"] as const;
export type UsageBy = (typeof USAGE_BY)[number];

export interface AskedUsage {
  readonly by: UsageBy | "day";
  readonly from: string;
}

export function readUsage(api: Api, { by, from }: AskedUsage): Promise<UsageTable> {
  return api.ask("GET /api/usage", { path: {}, query: { by, from, limit: 1000 } });
}

/** The last days, today included, as the server names them (UTC). */
export function lastDays(count: number, now: number): readonly string[] {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  return Array.from({ length: count }, (_, place) =>
    new Date(today - (count - 1 - place) * DAY_MS).toISOString().slice(0, 10),
  );
}

const DAY_MS = 86_400_000;
