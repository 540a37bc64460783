import { useEffect, useRef } from "react";
import { useAsking } from "./ask-context";

/** Say what another screen asked for, once. */
export function useAsked(threadId: string | undefined, say: ((text: string) => void) | undefined) {
  const { question, taken } = useAsking();
  const latest = useRef(say);
  latest.current = say;
  const isReady = say !== undefined && question?.threadId === threadId;
  useEffect(() => {
    if (!isReady || question === undefined) return;
    // CopilotKit empties the conversation when another one is opened, in an effect after this one.
    const timer = setTimeout(() => {
      taken();
      latest.current?.(question.message);
    });
    return () => clearTimeout(timer);
  }, [isReady, question, taken]);
}
