import { type ReactNode, useMemo, useRef, useState } from "react";
import type { BriefSource } from "./brief-schema";
import { type Evidence, EvidenceContext, type Pointed } from "./evidence-context";
import { SourceList } from "./source-list";
import { sourceNumber } from "./source-number";
import { SourcePopover } from "./source-popover";

export interface EvidenceProviderProps {
  readonly sources: readonly BriefSource[];
  readonly children: ReactNode;
}

/** Ties the marks of a document to the list of its sources, both ways. */
export function EvidenceProvider({ sources, children }: EvidenceProviderProps) {
  const [pointed, setPointed] = useState<Pointed | undefined>();
  const [target, setTarget] = useState<string | undefined>();
  const cameFrom = useRef<HTMLElement>(null);
  const evidence = useMemo<Evidence>(() => {
    const numbers = new Map(sources.map(({ id }) => [id, sourceNumber(id)]));
    return {
      numberOf: (id) => numbers.get(id),
      show(id, anchor) {
        const source = sources.find((candidate) => candidate.id === id);
        const number = numbers.get(id);
        if (source === undefined || number === undefined) return;
        setPointed({ source, number, anchor: anchor.getBoundingClientRect() });
      },
      hide: () => setPointed(undefined),
      jump(id, from) {
        cameFrom.current = from;
        setPointed(undefined);
        setTarget(id);
        const row = document.getElementById(`source-${id}`);
        row?.scrollIntoView({ block: "center", behavior: scrollBehavior() });
        row?.focus({ preventScroll: true });
      },
    };
  }, [sources]);
  const goBack = () => {
    cameFrom.current?.scrollIntoView({ block: "center", behavior: scrollBehavior() });
    cameFrom.current?.focus({ preventScroll: true });
    setTarget(undefined);
  };
  return (
    <EvidenceContext value={evidence}>
      {children}
      <SourceList sources={sources} target={target} onBack={goBack} />
      <SourcePopover pointed={pointed} />
    </EvidenceContext>
  );
}

function scrollBehavior(): ScrollBehavior {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
