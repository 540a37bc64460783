import { useCallback, useEffect, useState } from "react";

export interface QueuedMessage {
  readonly id: string;
  readonly threadId: string | undefined;
  readonly text: string;
}

interface SendQueueParts {
  readonly threadId: string | undefined;
  readonly isRunning: boolean;
  /** Settles when the run that it started has ended. */
  readonly send: ((text: string) => unknown) | undefined;
}

export interface SendQueue {
  /** What waits in this conversation, first come first served. */
  readonly waiting: readonly QueuedMessage[];
  /** Send now, or keep it while a run is at work. */
  readonly submit: (text: string) => void;
  readonly remove: (id: string) => void;
}

/** CopilotKit holds back a message while a run is at work and shows it nowhere; this list is seen. */
export function useSendQueue({ threadId, isRunning, send }: SendQueueParts): SendQueue {
  const [queue, setQueue] = useState<readonly QueuedMessage[]>([]);
  const [isSending, setIsSending] = useState(false);
  const waiting = queue.filter((message) => message.threadId === threadId);
  const next = waiting[0];
  const isBusy = isRunning || isSending;
  const remove = useCallback(
    (id: string) => setQueue((before) => before.filter((message) => message.id !== id)),
    [],
  );
  // A run shows itself only some time after it was asked for; until then nothing else may go out.
  const sendNow = useCallback(
    async (text: string) => {
      setIsSending(true);
      try {
        await send?.(text);
      } finally {
        setIsSending(false);
      }
    },
    [send],
  );
  const submit = (text: string) => {
    if (!isBusy) void sendNow(text);
    else setQueue((before) => [...before, { id: crypto.randomUUID(), threadId, text }]);
  };
  useEffect(() => {
    if (isBusy || next === undefined || send === undefined) return;
    remove(next.id);
    void sendNow(next.text);
  }, [isBusy, next, send, sendNow, remove]);
  return { waiting, submit, remove };
}
