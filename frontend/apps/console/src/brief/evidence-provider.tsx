import { type ReactNode, useEffect, useMemo, useRef, useState } from "react";
import type { BriefSource } from "./brief-schema";
import { type Evidence, EvidenceContext } from "./evidence-context";
import { SourceList } from "./source-list";
import { SourcePopover } from "./source-popover";
import { usePointed } from "./use-pointed";

export interface EvidenceProviderProps {
  readonly sources: readonly BriefSource[];
  /** The source that the address names: a mark in the conversation was pressed. */
  readonly opened?: string | undefined;
  /** Where that came from. */
  readonly onBack?: (() => void) | undefined;
  readonly children: ReactNode;
}

/** Ties the marks of a document to the list of its sources, both ways. */
export function EvidenceProvider({ sources, opened, onBack, children }: EvidenceProviderProps) {
  const { pointed, numberOf, show, hide } = usePointed(sources);
  const [target, setTarget] = useState<string | undefined>();
  const cameFrom = useRef<HTMLElement>(null);
  const evidence = useMemo<Evidence>(
    () => ({
      numberOf,
      show,
      hide,
      jump(id, from) {
        cameFrom.current = from;
        hide();
        setTarget(id);
        showSource(id);
      },
    }),
    [numberOf, show, hide],
  );
  const isThere = opened !== undefined && numberOf(opened) !== undefined;
  useEffect(() => {
    if (!isThere || opened === undefined) return;
    setTarget(opened);
    showSource(opened);
  }, [isThere, opened]);
  const goBack = () => {
    setTarget(undefined);
    if (cameFrom.current === null) {
      onBack?.();
      return;
    }
    cameFrom.current.scrollIntoView({ block: "center", behavior: scrollBehavior() });
    cameFrom.current.focus({ preventScroll: true });
  };
  return (
    <EvidenceContext value={evidence}>
      {children}
      <SourceList sources={sources} target={target} onBack={goBack} />
      <SourcePopover pointed={pointed} />
    </EvidenceContext>
  );
}

function showSource(id: string): void {
  const row = document.getElementById(`source-${id}`);
  row?.scrollIntoView({ block: "center", behavior: scrollBehavior() });
  row?.focus({ preventScroll: true });
}

function scrollBehavior(): ScrollBehavior {
  return window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";
}
