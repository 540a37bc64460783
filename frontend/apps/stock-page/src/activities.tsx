import type { CopilotKitProvider } from "@copilotkit/react-core/v2";
import type { ComponentProps } from "react";
import { z } from "zod";

type Renderers = NonNullable<ComponentProps<typeof CopilotKitProvider>["renderActivityMessages"]>;

const schema = z.object({ status: z.string(), progress: z.number() });

export const ACTIVITIES: Renderers = [
  {
    activityType: "workflow_status",
    content: schema,
    render: ({ content }) => (
      <p data-testid="activity" data-status={content.status}>
        {content.status} {content.progress} %
      </p>
    ),
  },
];
