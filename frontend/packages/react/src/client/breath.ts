/** Lets the browser draw and hear people while a long log is read. */
const WORK_MS = 10;

/** A promise when it is time to let others work, undefined otherwise. */
export type Breath = () => Promise<void> | undefined;

/** A message and no timer, because browsers let the timers of hidden pages wait for a second. */
export function createBreath(now: () => number = () => performance.now()): Breath {
  let since = now();
  return () => {
    if (now() - since < WORK_MS) return undefined;
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        since = now();
        resolve();
      };
      port2.postMessage(undefined);
    });
  };
}
