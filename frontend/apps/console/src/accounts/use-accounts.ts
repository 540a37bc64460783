import { useLiveRuns } from "@sergas/react";
import { useQuery } from "@tanstack/react-query";
import { readAccount, readOverview } from "./accounts-api";

const GOOD_MS = 60_000;

export function useOverview(isWanted = true) {
  const { api } = useLiveRuns();
  return useQuery({
    queryKey: ["accounts"],
    queryFn: () => readOverview(api),
    staleTime: GOOD_MS,
    enabled: isWanted,
  });
}

export function useAccount(number: string) {
  const { api } = useLiveRuns();
  return useQuery({
    queryKey: ["accounts", number],
    queryFn: () => readAccount(api, number),
    staleTime: GOOD_MS,
  });
}
