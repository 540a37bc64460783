/** Conversations that this tab opened; the server knows them only once something was asked. */
const PREFIX = "sergas:new:";
const LAST = "sergas:thread";

export function newThread(): string {
  const thread = crypto.randomUUID();
  window.sessionStorage.setItem(PREFIX + thread, "1");
  return thread;
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
