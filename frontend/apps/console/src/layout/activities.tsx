/** The activities that the chat can draw. */
import {
  type EnhancedCopilotProviderProps,
  WORKFLOW_STATUS,
  workflowStatusSchema,
} from "@sergas/react";
import { RunCard } from "../chat/run-card";

export const ACTIVITIES: NonNullable<EnhancedCopilotProviderProps["renderActivityMessages"]> = [
  {
    activityType: WORKFLOW_STATUS,
    content: workflowStatusSchema,
    render: ({ content }) => <RunCard content={content} />,
  },
];
