import { type RunRecord, useLiveRuns } from "@sergas/react";
import { useQuery } from "@tanstack/react-query";
import { OF_RUNS } from "./use-fresh-queries";

const MOST = 100;

/** The runs of all conversations that wait for a person's answer, the oldest first. */
export function useWaitingRuns() {
  const { api } = useLiveRuns();
  return useQuery({
    queryKey: [OF_RUNS, "asks"],
    queryFn: async () => (await api.listRuns({ asks: true, limit: MOST })).filter(asks).reverse(),
    refetchInterval: 15_000,
  });
}

/** A run may also wait for a tool of the page that started it, which is no question to a person. */
function asks({ outcome }: RunRecord): boolean {
  return (outcome?.interrupts ?? []).length > 0;
}
