import { useCallback, useMemo, useState } from "react";
import type { BriefSource } from "./brief-schema";
import type { Evidence, Pointed } from "./evidence-context";
import { sourceNumber } from "./source-number";

interface Pointer extends Pick<Evidence, "numberOf" | "show" | "hide"> {
  readonly pointed: Pointed | undefined;
}

/** The source whose mark is pointed at. */
export function usePointed(sources: readonly BriefSource[]): Pointer {
  const [pointed, setPointed] = useState<Pointed | undefined>();
  const hide = useCallback(() => setPointed(undefined), []);
  const lookUp = useMemo(() => {
    const byId = new Map(sources.map((source) => [source.id, source]));
    return {
      numberOf: (id: string) => (byId.has(id) ? sourceNumber(id) : undefined),
      show(id: string, anchor: HTMLElement) {
        const source = byId.get(id);
        if (source === undefined) return;
        setPointed({ source, number: sourceNumber(id), anchor: anchor.getBoundingClientRect() });
      },
    };
  }, [sources]);
  return { pointed, hide, ...lookUp };
}
