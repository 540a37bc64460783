/** What is open, kept in the address: reload, back and a second tab show the same. */
import { useCallback } from "react";
import { navigate, usePathname, useSearch } from "wouter/use-browser-location";
import { z } from "zod";
import { DEFAULT_AGENT } from "../session/offered-agents";
import { newThread, rememberedThread, rememberThread } from "./new-threads";
import { type Place, placeOf } from "./screens";

const id = z.string().min(1).max(200);
const addressSchema = z.object({
  thread: id.optional().catch(undefined),
  run: id.optional().catch(undefined),
  /** Whom a new conversation is with; it is remembered with the conversation. */
  agent: id.optional().catch(undefined),
  /** The source in the brief that a mark in the conversation points to. */
  source: id.optional().catch(undefined),
  view: z.enum(["chat", "run", "brief", "more"]).catch("chat"),
});
export type Address = z.infer<typeof addressSchema>;
export type View = Address["view"];

export interface Addressed extends Place {
  readonly threadId: string;
  readonly runId: string | undefined;
  readonly source: string | undefined;
  readonly view: View;
  /** Change what of the conversation is shown, from whatever screen. */
  readonly go: (change: Partial<Address>) => void;
  /** Open a conversation that nobody has used yet, and return its id. */
  readonly startNew: () => string;
  /** The same with another agent than the server's choice. */
  readonly startWith: (agent: string) => string;
}

export function useAddress(): Addressed {
  const place = placeOf(usePathname());
  const search = useSearch();
  const isChat = place.screen === "chat";
  const address = parse(isChat ? search : "");
  const threadId = address.thread ?? (isChat ? claimThread() : usualThread());
  const go = useCallback((change: Partial<Address>) => {
    const isThere = placeOf(window.location.pathname).screen === "chat";
    const before = isThere
      ? parse(window.location.search)
      : { thread: usualThread(), view: "chat" as const };
    move({ ...before, source: undefined, ...change });
  }, []);
  const startWith = useCallback((agent: string) => {
    const thread = newThread(agent);
    move({ thread, view: "chat" });
    return thread;
  }, []);
  const startNew = useCallback(() => startWith(DEFAULT_AGENT), [startWith]);
  const { run: runId, view, source } = address;
  return { ...place, threadId, runId, view, source, go, startNew, startWith };
}

/** A fresh thread goes into the address at once, so that a reload finds it again. */
function claimThread(): string {
  const asked = parse(window.location.search);
  const thread = newThread(asked.agent ?? DEFAULT_AGENT);
  rememberThread(thread);
  window.history.replaceState(null, "", hrefOf({ ...asked, thread }));
  return thread;
}

/** The conversation that one comes back to from another screen. */
function usualThread(): string {
  const known = rememberedThread();
  if (known !== undefined) return known;
  const thread = newThread(DEFAULT_AGENT);
  rememberThread(thread);
  return thread;
}

function move(address: Address): void {
  if (address.thread !== undefined) rememberThread(address.thread);
  navigate(hrefOf(address));
}

function parse(search: string): Address {
  return addressSchema.parse(Object.fromEntries(new URLSearchParams(search)));
}

export function hrefOf({ thread, run, view, source }: Partial<Address>): string {
  const query = new URLSearchParams();
  if (thread !== undefined) query.set("thread", thread);
  if (run !== undefined) query.set("run", run);
  if (view !== undefined && view !== "chat") query.set("view", view);
  if (source !== undefined) query.set("source", source);
  return `/?${query}`;
}
