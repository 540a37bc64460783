/** The activities that the chat can draw. */
import { type CopilotOnRunsProps, WORKFLOW_STATUS, workflowStatusSchema } from "@sergas/react";
import { RunCard } from "./run-card";

export const ACTIVITIES: NonNullable<CopilotOnRunsProps["renderActivityMessages"]> = [
  {
    activityType: WORKFLOW_STATUS,
    content: workflowStatusSchema,
    render: ({ content }) => <RunCard content={content} />,
  },
];
