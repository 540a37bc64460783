/** The access token: handed over in the URL once, then kept by the browser. */
const KEY = "sergas.token";

export interface TokenStore {
  read(): string | undefined;
  write(token: string): void;
  forget(): void;
}

/** Keep the token for this tab, and for the next visit if the browser allows it. */
export function createTokenStore(stores: readonly Storage[]): TokenStore {
  return {
    read: () => stores.map((store) => quietly(() => store.getItem(KEY))).find(Boolean) ?? undefined,
    write: (token) => each(stores, (store) => store.setItem(KEY, token)),
    forget: () => each(stores, (store) => store.removeItem(KEY)),
  };
}

/** Take `token` out of a URL; the URL without it is undefined when there was none. */
export function takeToken(href: string): { token: string; cleanUrl: string } | undefined {
  const url = new URL(href);
  const token = url.searchParams.get("token");
  if (token === null || token === "") return undefined;
  url.searchParams.delete("token");
  return { token, cleanUrl: `${url.pathname}${url.search}${url.hash}` };
}

export function bearer(token: string | undefined): Record<string, string> {
  return token === undefined || token === "" ? {} : { Authorization: `Bearer ${token}` };
}

function each(stores: readonly Storage[], use: (store: Storage) => void): void {
  for (const store of stores) quietly(() => use(store));
}

/** Storage throws where the browser forbids it; the page then works without. */
function quietly<T>(action: () => T): T | undefined {
  try {
    return action();
  } catch {
    return undefined;
  }
}
