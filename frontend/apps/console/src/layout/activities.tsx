/** The activities that the chat can draw. */
import {
  type EnhancedCopilotProviderProps,
  WORKFLOW_STATUS,
  WorkflowCard,
  workflowStatusSchema,
} from "@sergas/react";

export const ACTIVITIES: NonNullable<EnhancedCopilotProviderProps["renderActivityMessages"]> = [
  {
    activityType: WORKFLOW_STATUS,
    content: workflowStatusSchema,
    render: ({ content }) => <WorkflowCard content={content} />,
  },
];
