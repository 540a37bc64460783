import { EnhancedCopilotProvider } from "@sergas/react";
import { useAddress } from "../routing/address";
import { RUNTIME_URL, type Server } from "../session/server-api";
import { ServerContext } from "../session/server-context";
import type { Session } from "../session/use-token";
import { ACTIVITIES } from "./activities";
import { Shell } from "./shell";

export interface WorkspaceProps {
  readonly session: Session;
  readonly server: Server;
}

/** The open conversation and everything around it. */
export function Workspace({ session, server }: WorkspaceProps) {
  const address = useAddress();
  const { token } = session;
  return (
    <ServerContext value={server}>
      <EnhancedCopilotProvider
        runtimeUrl={RUNTIME_URL}
        threadId={address.threadId}
        renderActivityMessages={ACTIVITIES}
        {...(token !== undefined && { authToken: token })}
        {...(address.runId !== undefined && { runId: address.runId })}
      >
        <Shell address={address} session={session} />
      </EnhancedCopilotProvider>
    </ServerContext>
  );
}
