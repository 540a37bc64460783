/** Conversations that this tab opened; the server knows them only once something was asked. */
const PREFIX = "sergas:new:";

export function newThread(): string {
  const thread = crypto.randomUUID();
  window.sessionStorage.setItem(PREFIX + thread, "1");
  return thread;
}

export function isNewThread(thread: string): boolean {
  return window.sessionStorage.getItem(PREFIX + thread) !== null;
}
