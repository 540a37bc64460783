import { createContext, useContext } from "react";
import type { QueuedMessage } from "./use-send-queue";

export interface ComposerState {
  /** There is something in the box. */
  readonly hasText: boolean;
  /** Keep it until the run that is at work has ended. */
  readonly queue: () => void;
  readonly waiting: readonly QueuedMessage[];
  readonly remove: (id: string) => void;
}

export const ComposerContext = createContext<ComposerState>({
  hasText: false,
  queue: () => undefined,
  waiting: [],
  remove: () => undefined,
});

export function useComposer(): ComposerState {
  return useContext(ComposerContext);
}
