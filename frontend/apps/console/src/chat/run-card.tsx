import { isJsonObject, useEnhancedAgent, WorkflowCard, type WorkflowStatus } from "@sergas/react";
import { FileText } from "lucide-react";
import { useAddress } from "../routing/address";

export interface RunCardProps {
  readonly content: WorkflowStatus;
}

/** A run in the conversation, with the way to the brief that it wrote. */
export function RunCard({ content }: RunCardProps) {
  const { state, shownRunId } = useEnhancedAgent();
  const { go } = useAddress();
  const { workflowId } = content;
  const shared = state.runs[workflowId]?.state;
  const hasBrief = isJsonObject(shared) && shared.brief !== undefined;
  const open = () => go({ view: "brief", ...(workflowId !== shownRunId && { run: workflowId }) });
  if (!hasBrief) return <WorkflowCard content={content} />;
  return (
    <WorkflowCard
      content={content}
      action={
        <button type="button" onClick={open} className="button h-6 px-2 text-xs">
          <FileText aria-hidden size={12} />
          Open the brief
        </button>
      }
    />
  );
}
