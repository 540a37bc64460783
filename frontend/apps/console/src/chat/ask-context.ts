import { createContext, useContext } from "react";

export interface Question {
  readonly threadId: string;
  readonly message: string;
}

export interface Asking {
  /** What waits to be said; the conversation takes it as soon as it is there. */
  readonly question: Question | undefined;
  /** Say something in a conversation, or in a new one, from whatever screen. */
  readonly ask: (message: string, threadId?: string) => void;
  readonly taken: () => void;
}

export const AskContext = createContext<Asking>({
  question: undefined,
  ask: () => undefined,
  taken: () => undefined,
});

export function useAsking(): Asking {
  return useContext(AskContext);
}
