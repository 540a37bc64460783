import { useState } from "react";
import { tokenStore } from "./token";

export interface Session {
  readonly token: string | undefined;
  signIn(token: string): void;
  signOut(): void;
}

export function useToken(): Session {
  const [token, setToken] = useState(() => tokenStore.read());
  return {
    token,
    signIn(next: string) {
      tokenStore.write(next);
      setToken(next);
    },
    signOut() {
      tokenStore.forget();
      setToken(undefined);
    },
  };
}
