import { createContext, useContext } from "react";
import type { BriefSource } from "./brief-schema";

export interface Evidence {
  /** The number that a source has in this document, or undefined while it is not there yet. */
  numberOf(id: string): string | undefined;
  show(id: string, anchor: HTMLElement): void;
  hide(): void;
  jump(id: string, from: HTMLElement): void;
}

export interface Pointed {
  readonly source: BriefSource;
  readonly number: string;
  readonly anchor: DOMRect;
}

const NOTHING: Evidence = {
  numberOf: () => undefined,
  show: () => undefined,
  hide: () => undefined,
  jump: () => undefined,
};

export const EvidenceContext = createContext<Evidence>(NOTHING);

export function useEvidence(): Evidence {
  return useContext(EvidenceContext);
}
