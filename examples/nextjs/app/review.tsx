"use client";

import { CopilotChat } from "@copilotkit/react-core/v2";
import {
  EnhancedCopilotProvider,
  RealTimeAgentDashboard,
  RunRenders,
  StartButton,
} from "@sergas/react";

interface ReviewProps {
  readonly threadId: string;
}

/** CopilotKit's chat, and beside it what the agents do. */
export function Review({ threadId }: ReviewProps) {
  return (
    <EnhancedCopilotProvider
      runtimeUrl="/api/copilotkit"
      authToken={process.env.NEXT_PUBLIC_SERGAS_TOKEN}
      threadId={threadId}
    >
      <RunRenders />
      <main>
        <CopilotChat threadId={threadId} />
        <div>
          <StartButton message="Analyze account ACC-001" />
          <RealTimeAgentDashboard hasQuestions={false} />
        </div>
      </main>
    </EnhancedCopilotProvider>
  );
}
