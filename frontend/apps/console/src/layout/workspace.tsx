import { RunsProvider } from "@sergas/react";
import { AskProvider } from "../chat/ask-provider";
import { useAddress } from "../routing/address";
import { RUNTIME_URL, type Server } from "../session/server-api";
import { ServerContext } from "../session/server-context";
import type { Session } from "../session/use-token";
import { Shell } from "./shell";

export interface WorkspaceProps {
  readonly session: Session;
  readonly server: Server;
}

/** The runs of the page and everything around them. */
export function Workspace({ session, server }: WorkspaceProps) {
  const address = useAddress();
  return (
    <ServerContext value={server}>
      <RunsProvider
        runtimeUrl={RUNTIME_URL}
        threadId={address.threadId}
        authToken={session.token}
        runId={address.runId}
      >
        <AskProvider>
          <Shell address={address} session={session} />
        </AskProvider>
      </RunsProvider>
    </ServerContext>
  );
}
