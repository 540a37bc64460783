import { isJsonObject, useLiveRuns } from "@sergas/react";
import { useMemo } from "react";
import { z } from "zod";
import { useServerInfo } from "../session/server-context";
import { type Brief, parseBrief } from "./brief-schema";

const matchesSchema = z.array(
  z.object({ id: z.string(), number: z.string(), name: z.string(), city: z.string().catch("") }),
);
export type Matches = z.infer<typeof matchesSchema>;

function useRunState(key: "brief" | "matches" | "memory" | "attention") {
  const { hasAccounts } = useServerInfo();
  const { state, shownRunId } = useLiveRuns();
  // Other workflows may mean something else by these words.
  if (!hasAccounts) return undefined;
  const shared = shownRunId === undefined ? undefined : state.runs[shownRunId]?.state;
  return isJsonObject(shared) ? shared[key] : undefined;
}

const rankingSchema = z.array(
  z.object({
    id: z.string(),
    number: z.string(),
    name: z.string(),
    score: z.number(),
    band: z.enum(["healthy", "watch", "at_risk", "critical"]),
    text: z.string(),
  }),
);
export type Ranking = z.infer<typeof rankingSchema>;

/** The brief of the shown run, as far as it is written. */
export function useBrief(): Brief | undefined {
  const value = useRunState("brief");
  const memory = useRunState("memory");
  return useMemo(() => withMemory(parseBrief(value), parseBrief(memory)), [value, memory]);
}

/** The accounts that were meant, perhaps, when there is none with the number that was asked for. */
export function useMatches(): Matches {
  const value = useRunState("matches");
  return useMemo(() => matchesSchema.safeParse(value).data ?? [], [value]);
}

/** The accounts that need attention most, when none was named. */
export function useRanking(): Ranking {
  const value = useRunState("attention");
  return useMemo(() => rankingSchema.safeParse(value).data ?? [], [value]);
}

/** What memory has published belongs to the brief before the author takes it over. */
export function withMemory(brief: Brief | undefined, memory: Brief | undefined): Brief | undefined {
  if (brief === undefined || memory === undefined || brief.commitments !== undefined) return brief;
  const { commitments, advice, sources = [] } = memory;
  return { ...brief, commitments, advice, sources: [...(brief.sources ?? []), ...sources] };
}

/** The author writes the actions last. */
export function isBriefComplete(brief: Brief): boolean {
  return brief.headline !== undefined && brief.actions !== undefined;
}
