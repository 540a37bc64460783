import { CopilotChat, CopilotKitProvider } from "@copilotkit/react-core/v2";
import { useState } from "react";
import { ACTIVITIES } from "./activities";
import { AGENT } from "./agent";
import { PageTools } from "./page-tools";
import { ThreadList } from "./thread-list";

export interface PageProps {
  readonly threadId: string;
  /** What the agent is asked to do, as `forwardedProps`. */
  readonly work: Record<string, unknown>;
}

export function Page({ threadId, work }: PageProps) {
  const [colour, setColour] = useState("white");
  return (
    <CopilotKitProvider
      runtimeUrl="/api/copilotkit"
      properties={work}
      renderActivityMessages={ACTIVITIES}
      enableInspector={false}
    >
      <p data-testid="colour">{colour}</p>
      <PageTools colour={colour} onPaint={setColour} />
      <ThreadList />
      <div style={{ height: 600 }}>
        <CopilotChat agentId={AGENT} threadId={threadId} />
      </div>
    </CopilotKitProvider>
  );
}
