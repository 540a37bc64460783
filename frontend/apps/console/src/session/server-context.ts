import { createContext, useContext } from "react";
import type { Server } from "./server-api";

const UNKNOWN: Server = {
  version: "",
  canChangeThreads: false,
  hasAccounts: false,
  agents: [],
  runtime: "",
  model: "",
};

export const ServerContext = createContext<Server>(UNKNOWN);

export function useServerInfo(): Server {
  return useContext(ServerContext);
}
