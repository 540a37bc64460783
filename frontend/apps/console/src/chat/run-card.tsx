import {
  isJsonObject,
  type JsonObject,
  useLiveRuns,
  useRunView,
  WorkflowCard,
  type WorkflowStatus,
} from "@sergas/react";
import { FileText } from "lucide-react";
import { useAddress } from "../routing/address";
import { useServerInfo } from "../session/server-context";

export interface RunCardProps {
  readonly content: WorkflowStatus;
}

/** A run in the conversation: why it ended, the way to the brief that it wrote, and to another try. */
export function RunCard({ content }: RunCardProps) {
  const { state, actions, shownRunId, threadId = "" } = useLiveRuns();
  const { hasAccounts } = useServerInfo();
  const { go } = useAddress();
  const { workflowId } = content;
  const { run } = useRunView(workflowId);
  const opened = hasAccounts && isJsonObject(run?.state) ? labelFor(run.state) : undefined;
  const newest = state.records?.find((record) => record.threadId === threadId)?.id;
  const open = () => go({ view: "brief", ...(workflowId !== shownRunId && { run: workflowId }) });
  const retry = async () => {
    await actions.retryWorkflow(workflowId, threadId);
    go({ run: undefined });
  };
  return (
    <WorkflowCard
      content={content}
      fault={run?.fault?.message}
      onRetry={newest === workflowId ? retry : undefined}
      action={
        opened && (
          <button type="button" onClick={open} className="button h-6 px-2 text-xs">
            <FileText aria-hidden size={12} />
            {opened}
          </button>
        )
      }
    />
  );
}

/** What the run left beside its words. */
function labelFor({ brief, matches }: JsonObject): string | undefined {
  if (brief !== undefined) return "Open the brief";
  return Array.isArray(matches) && matches.length > 0 ? "See the close matches" : undefined;
}
