import type { CopilotKitProvider } from "@copilotkit/react-core/v2";
import type { ComponentProps } from "react";
import { WORKFLOW_STATUS, workflowStatusSchema } from "../state/workflow-status";
import { WorkflowCard } from "./workflow-card";

export type ActivityRenders = ComponentProps<typeof CopilotKitProvider>["renderActivityMessages"];

/** Draws a run's `workflow_status` in CopilotKit's chat; what the provider does unless told otherwise. */
export const RUN_ACTIVITIES: NonNullable<ActivityRenders> = [
  {
    activityType: WORKFLOW_STATUS,
    content: workflowStatusSchema,
    render: ({ content }) => (
      <div className="sergas">
        <WorkflowCard content={content} />
      </div>
    ),
  },
];
