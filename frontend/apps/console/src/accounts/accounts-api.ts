/** The accounts of this server: scores and briefs by rules, without a run. */
import type { Answer, Api } from "@sergas/react";
import { briefSchema } from "../brief/brief-schema";

export type Overview = Answer<"GET /api/accounts">;
export type AccountRow = Overview["accounts"][number];
export type Band = AccountRow["band"];

const ALL = 200;

export function readOverview(api: Api, isFresh = false): Promise<Overview> {
  return api.ask("GET /api/accounts", { path: {}, query: { limit: ALL, fresh: isFresh } });
}

export async function readAccount(api: Api, number: string) {
  const { brief } = await api.ask("GET /api/accounts/{ref}", { path: { ref: number }, query: {} });
  return briefSchema.parse(brief);
}
