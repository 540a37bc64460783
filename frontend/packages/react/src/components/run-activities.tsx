import { WORKFLOW_STATUS, workflowStatusSchema } from "../state/workflow-status";
import type { CopilotOnRunsProps } from "./copilot-on-runs";
import { WorkflowCard } from "./workflow-card";

/** Draws a run's `workflow_status` in CopilotKit's chat; what the provider does unless told otherwise. */
export const RUN_ACTIVITIES: NonNullable<CopilotOnRunsProps["renderActivityMessages"]> = [
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
