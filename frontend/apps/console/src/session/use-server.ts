import { problemFrom } from "@sergas/react";
import { useQuery } from "@tanstack/react-query";
import { consoleApi, readServer } from "./server-api";

const RETRY_MS = 3000;

/** Ask the server who it is; while it does not answer, ask again every few seconds. */
export function useServer(token: string | undefined) {
  return useQuery({
    queryKey: ["server", token],
    queryFn: () => readServer(consoleApi(token)),
    staleTime: Number.POSITIVE_INFINITY,
    refetchInterval: ({ state }) =>
      state.error !== null && problemFrom(state.error).status !== 401 ? RETRY_MS : false,
  });
}
