/** What is open, kept in the address: reload, back and a second tab show the same. */
import { useCallback, useSyncExternalStore } from "react";
import { z } from "zod";
import { newThread } from "./new-threads";

const id = z.string().min(1).max(200);
const addressSchema = z.object({
  thread: id.optional().catch(undefined),
  run: id.optional().catch(undefined),
  /** The source in the brief that a mark in the conversation points to. */
  source: id.optional().catch(undefined),
  view: z.enum(["chat", "run", "brief", "more"]).catch("chat"),
});
export type Address = z.infer<typeof addressSchema>;
export type View = Address["view"];

const MOVED = "sergas:moved";

export interface Addressed {
  readonly threadId: string;
  readonly runId: string | undefined;
  readonly source: string | undefined;
  readonly view: View;
  readonly go: (change: Partial<Address>) => void;
  /** Open a conversation that nobody has used yet. */
  readonly startNew: () => void;
}

export function useAddress(): Addressed {
  const search = useSyncExternalStore(subscribe, () => window.location.search);
  const address = parse(search);
  const threadId = address.thread ?? claimThread();
  const go = useCallback((change: Partial<Address>) => {
    move({ ...parse(window.location.search), source: undefined, ...change });
  }, []);
  const startNew = useCallback(() => move({ thread: newThread(), view: "chat" }), []);
  const { run: runId, view, source } = address;
  return { threadId, runId, view, source, go, startNew };
}

/** A fresh thread goes into the address at once, so that a reload finds it again. */
function claimThread(): string {
  const thread = newThread();
  window.history.replaceState(null, "", hrefOf({ ...parse(window.location.search), thread }));
  return thread;
}

function move(address: Address): void {
  window.history.pushState(null, "", hrefOf(address));
  window.dispatchEvent(new Event(MOVED));
}

function parse(search: string): Address {
  return addressSchema.parse(Object.fromEntries(new URLSearchParams(search)));
}

function hrefOf({ thread, run, view, source }: Address): string {
  const query = new URLSearchParams();
  if (thread !== undefined) query.set("thread", thread);
  if (run !== undefined) query.set("run", run);
  if (view !== "chat") query.set("view", view);
  if (source !== undefined) query.set("source", source);
  return `/?${query}`;
}

function subscribe(onMove: () => void): () => void {
  window.addEventListener("popstate", onMove);
  window.addEventListener(MOVED, onMove);
  return () => {
    window.removeEventListener("popstate", onMove);
    window.removeEventListener(MOVED, onMove);
  };
}
