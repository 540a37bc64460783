/** Conversations that this tab opened; the server knows them only once something was asked. */
const PREFIX = "sergas:new:";
const LAST = "sergas:thread";

/** Open a conversation with an agent. */
export function newThread(agent: string): string {
  const thread = crypto.randomUUID();
  window.sessionStorage.setItem(PREFIX + thread, agent);
  return thread;
}

/** The agent that a conversation was opened with in this tab. */
export function agentOfNewThread(thread: string): string | undefined {
  return window.sessionStorage.getItem(PREFIX + thread) ?? undefined;
}

export function isNewThread(thread: string): boolean {
  return window.sessionStorage.getItem(PREFIX + thread) !== null;
}

export function rememberThread(thread: string): void {
  window.sessionStorage.setItem(LAST, thread);
}

export function rememberedThread(): string | undefined {
  return window.sessionStorage.getItem(LAST) ?? undefined;
}

/** It is gone, so that nobody comes back to it. */
export function forgetThread(thread: string): void {
  if (rememberedThread() === thread) window.sessionStorage.removeItem(LAST);
}
