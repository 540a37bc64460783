import { EnhancedCopilotProvider } from "@sergas/react";
import { useAddress } from "../routing/address";
import { RUNTIME_URL, type Server } from "../session/server-api";
import { ServerContext } from "../session/server-context";
import { ACTIVITIES } from "./activities";
import { Shell } from "./shell";

export interface WorkspaceProps {
  readonly token: string | undefined;
  readonly server: Server;
  readonly onSignOut: () => void;
}

/** The open conversation and everything around it. */
export function Workspace({ token, server, onSignOut }: WorkspaceProps) {
  const address = useAddress();
  return (
    <ServerContext value={server}>
      <EnhancedCopilotProvider
        runtimeUrl={RUNTIME_URL}
        threadId={address.threadId}
        renderActivityMessages={ACTIVITIES}
        {...(token !== undefined && { authToken: token })}
        {...(address.runId !== undefined && { runId: address.runId })}
      >
        <Shell address={address} onSignOut={token === undefined ? undefined : onSignOut} />
      </EnhancedCopilotProvider>
    </ServerContext>
  );
}
