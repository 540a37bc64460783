import { type ReactNode, useCallback, useMemo, useState } from "react";
import { useAddress } from "../routing/address";
import { AskContext, type Question } from "./ask-context";

export interface AskProviderProps {
  readonly children: ReactNode;
}

/** Brings what is asked on other screens into the conversation, which may have to be loaded first. */
export function AskProvider({ children }: AskProviderProps) {
  const { go, startNew } = useAddress();
  const [question, setQuestion] = useState<Question>();
  const ask = useCallback(
    (message: string, threadId?: string) => {
      if (threadId !== undefined) go({ thread: threadId, run: undefined, view: "chat" });
      setQuestion({ message, threadId: threadId ?? startNew() });
    },
    [go, startNew],
  );
  const taken = useCallback(() => setQuestion(undefined), []);
  const value = useMemo(() => ({ question, ask, taken }), [question, ask, taken]);
  return <AskContext value={value}>{children}</AskContext>;
}
