/** The token of this browser; `sergas serve` prints a URL that carries it. */
import { createTokenStore, takeToken } from "@sergas/react";

export const tokenStore = createTokenStore([window.sessionStorage, window.localStorage]);

/** Move a token out of the address bar before anything can copy or log it. */
export function keepTokenFromUrl(): void {
  const taken = takeToken(window.location.href);
  if (taken === undefined) return;
  tokenStore.write(taken.token);
  window.history.replaceState(null, "", taken.cleanUrl);
}
