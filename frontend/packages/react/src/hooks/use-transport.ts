import { type Dispatch, useLayoutEffect, useMemo } from "react";
import { createBreath } from "../client/breath";
import type { LoggedEvent } from "../client/listener";
import type { Meter } from "../client/meter";
import { createTransport, type Transport } from "../client/transport";
import type { EnhancedAction } from "../state/dashboard";

interface TransportSettings {
  readonly runtimeUrl: string;
  readonly reconnectAttempts: number;
  readonly dispatch: Dispatch<EnhancedAction>;
  readonly headers: () => Record<string, string>;
  readonly socketUrl: string | undefined;
  readonly meter: Meter;
}

/** One frame at 30 Hz: a burst of events is one change of the page. */
const BATCH_MS = 33;

/**
 * CopilotKit 1.74 sets `agent.fetch` anew at every sync of its registry, so a fetch given to an
 * agent does not last. It calls the page's `fetch`, so that is where broken streams are continued;
 * every request but the two streams of our runtime passes through untouched.
 */
export function useTransport(settings: TransportSettings): Transport {
  const { runtimeUrl, reconnectAttempts, dispatch, headers, socketUrl, meter } = settings;
  const { transport, original } = useMemo(() => {
    // Next.js renders this on its server as well, where there is no window.
    const native = globalThis.fetch;
    const fetchNatively: typeof fetch = (input, init) => native.call(globalThis, input, init);
    const made = createTransport({
      runtimeUrl,
      maxAttempts: reconnectAttempts,
      headers,
      socketUrl,
      meter,
      breath: createBreath(),
      fetch: fetchNatively,
      listener: listenerFor(dispatch),
    });
    return { transport: made, original: native };
  }, [runtimeUrl, reconnectAttempts, dispatch, headers, socketUrl, meter]);

  useLayoutEffect(() => {
    const { fetch: resumable, reconnect } = transport;
    window.fetch = resumable;
    window.addEventListener("online", reconnect);
    return () => {
      window.removeEventListener("online", reconnect);
      if (window.fetch === resumable) window.fetch = original;
    };
  }, [transport, original]);

  return transport;
}

function listenerFor(dispatch: Dispatch<EnhancedAction>) {
  let batch: LoggedEvent[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    const events = batch;
    batch = [];
    timer = undefined;
    if (events.length > 0) dispatch({ type: "events", events, at: Date.now() });
  };
  return {
    onEvent(logged: LoggedEvent) {
      batch.push(logged);
      if (timer === undefined) timer = setTimeout(flush, BATCH_MS);
    },
    onLink(streamId: number, link: LinkOf, answeredInMs?: number) {
      if (link.phase === "closed") flush();
      dispatch({ type: "link", streamId, link, answeredInMs });
    },
    onOwnRun(runId: string, threadId: string, isOpen: boolean) {
      dispatch({ type: "own-run", runId, isOpen });
      if (isOpen) dispatch({ type: "joined", threadId, runId });
    },
    onRunSeen: (runId: string, threadId: string) => dispatch({ type: "joined", runId, threadId }),
    onProblem: (problem: ProblemOf) => dispatch({ type: "problem", problem }),
  };
}

type LinkOf = Extract<EnhancedAction, { type: "link" }>["link"];
type ProblemOf = Extract<EnhancedAction, { type: "problem" }>["problem"];
