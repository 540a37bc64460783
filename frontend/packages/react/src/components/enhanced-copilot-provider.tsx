import { CopilotKitProvider } from "@copilotkit/react-core/v2";
import { type ComponentProps, type ReactNode, useMemo, useReducer } from "react";
import { createApi } from "../client/api";
import { bearer } from "../client/token";
import { useTransport } from "../hooks/use-transport";
import { EMPTY_DASHBOARD, reduceDashboard } from "../state/dashboard";
import { EnhancedBridge } from "./enhanced-bridge";

type CopilotProps = ComponentProps<typeof CopilotKitProvider>;

export interface EnhancedCopilotProviderProps {
  readonly runtimeUrl: string;
  readonly authToken?: string;
  /** How often a broken stream is tried again before a person is asked. */
  readonly reconnectAttempts?: number;
  /** Where the runs API lives; by default beside the runtime. */
  readonly apiUrl?: string;
  readonly agentId?: string;
  /** The conversation that is open; its newest run is the one that is shown. */
  readonly threadId?: string;
  /** Show this run instead. */
  readonly runId?: string;
  readonly renderActivityMessages?: CopilotProps["renderActivityMessages"];
  readonly children: ReactNode;
}

/** CopilotKit with streams that survive, and the state of every run beside it. */
export function EnhancedCopilotProvider({
  runtimeUrl,
  authToken,
  reconnectAttempts = 8,
  apiUrl = runtimeUrl.replace(/\/copilotkit\/?$/, ""),
  agentId = "default",
  threadId,
  runId,
  renderActivityMessages,
  children,
}: EnhancedCopilotProviderProps) {
  const [dashboard, dispatch] = useReducer(reduceDashboard, EMPTY_DASHBOARD);
  const transport = useTransport({ runtimeUrl, reconnectAttempts, dispatch });
  const headers = useMemo(() => bearer(authToken), [authToken]);
  const api = useMemo(
    () => createApi({ runtimeUrl, apiUrl, headers: () => headers, fetch: transport.fetch }),
    [runtimeUrl, apiUrl, headers, transport],
  );
  return (
    <CopilotKitProvider
      runtimeUrl={runtimeUrl}
      headers={headers}
      enableInspector={false}
      {...(renderActivityMessages && { renderActivityMessages })}
    >
      <EnhancedBridge
        agentId={agentId}
        threadId={threadId}
        runId={runId}
        dashboard={dashboard}
        dispatch={dispatch}
        transport={transport}
        api={api}
      >
        {children}
      </EnhancedBridge>
    </CopilotKitProvider>
  );
}
