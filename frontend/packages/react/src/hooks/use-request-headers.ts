import { useCallback, useRef } from "react";
import { bearer } from "../client/token";

export type HeadersSource = Record<string, string> | (() => Record<string, string>);

/** A function that never changes and gives the headers as they are now. */
export function useRequestHeaders(
  authToken: string | undefined,
  more: HeadersSource | undefined,
): () => Record<string, string> {
  const latest = useRef({ authToken, more });
  latest.current = { authToken, more };
  return useCallback(() => {
    const { authToken: token, more: source } = latest.current;
    return { ...bearer(token), ...(typeof source === "function" ? source() : source) };
  }, []);
}
