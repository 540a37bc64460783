/** The accounts of this server: scores and briefs by rules, without a run. */
import type { Api } from "@sergas/react";
import { z } from "zod";
import { briefSchema } from "../brief/brief-schema";

const rowSchema = z.object({
  id: z.string(),
  number: z.string(),
  name: z.string(),
  owner: z.string().catch(""),
  industry: z.string().catch(""),
  city: z.string().catch(""),
  kind: z.enum(["customer", "prospect"]).catch("customer"),
  currency: z.string().catch(""),
  contractValue: z.number().nullish(),
  score: z.number(),
  band: z.enum(["healthy", "watch", "at_risk", "critical"]),
  coverage: z.number().catch(1),
  provisional: z.boolean().catch(false),
  reason: z.string().catch(""),
  flags: z.number().catch(0),
  next: z.object({ date: z.string(), what: z.string() }).nullish().catch(undefined),
});
export type AccountRow = z.infer<typeof rowSchema>;
export type Band = AccountRow["band"];

const overviewSchema = z.object({
  accounts: z.array(rowSchema),
  source: z.string().nullable().catch(null),
  readAt: z.number().optional(),
});
export type Overview = z.infer<typeof overviewSchema>;

const oneSchema = z.object({ brief: briefSchema });

export function readOverview(api: Api, isFresh = false): Promise<Overview> {
  return api.request(`/api/accounts?limit=200${isFresh ? "&fresh=true" : ""}`, overviewSchema);
}

export async function readAccount(api: Api, number: string) {
  return (await api.request(`/api/accounts/${encodeURIComponent(number)}`, oneSchema)).brief;
}
