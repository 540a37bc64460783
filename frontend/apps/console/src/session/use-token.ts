import { useState } from "react";
import { tokenStore } from "./token";

export function useToken() {
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
