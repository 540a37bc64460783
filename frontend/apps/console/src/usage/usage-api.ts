/** What models used, added up by the server. */
import type { Api } from "@sergas/react";
import { z } from "zod";

const totalSchema = z.object({
  calls: z.number().catch(0),
  inputTokens: z.number().catch(0),
  outputTokens: z.number().catch(0),
  totalTokens: z.number().catch(0),
  unpricedTokens: z.number().catch(0),
  costUsd: z.number().optional(),
});
const rowSchema = totalSchema.extend({ key: z.string() });
export type UsageRow = z.infer<typeof rowSchema>;
export type UsageSum = z.infer<typeof totalSchema>;

const tableSchema = z.object({ usage: z.array(rowSchema), total: totalSchema });
export type UsageTable = z.infer<typeof tableSchema>;

export const USAGE_BY = ["model", "agent", "thread", "run", "user"] as const;
export type UsageBy = (typeof USAGE_BY)[number];

export interface AskedUsage {
  readonly by: UsageBy | "day";
  readonly from: string;
}

export function readUsage(api: Api, { by, from }: AskedUsage): Promise<UsageTable> {
  const query = new URLSearchParams({ by, from, limit: "1000" });
  return api.request(`/api/usage?${query}`, tableSchema);
}

/** The last days, today included, as the server names them (UTC). */
export function lastDays(count: number, now: number): readonly string[] {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  return Array.from({ length: count }, (_, place) =>
    new Date(today - (count - 1 - place) * DAY_MS).toISOString().slice(0, 10),
  );
}

const DAY_MS = 86_400_000;
