import { useCallback } from "react";
import { navigate, useSearch as useRawSearch } from "wouter/use-browser-location";
import type { z } from "zod";

/** The search parameters, parsed; what is not valid is as if it were not there. */
export function useSearch<T extends z.AnyZodObject>(schema: T) {
  const raw = useRawSearch();
  const values: z.infer<T> = schema.parse(Object.fromEntries(new URLSearchParams(raw)));
  const change = useCallback((next: Readonly<Record<string, string | undefined>>) => {
    const query = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(next)) {
      if (value === undefined || value === "") query.delete(name);
      else query.set(name, value);
    }
    const text = query.toString();
    navigate(`${window.location.pathname}${text && `?${text}`}`, { replace: true });
  }, []);
  return [values, change] as const;
}
