import { Play } from "lucide-react";
import { useTexts } from "../hooks/texts";
import { useEnhancedAgent } from "../hooks/use-enhanced-agent";

export interface StartButtonProps {
  /** What is said in the conversation to start the run. */
  readonly message: string;
  readonly workflow?: string;
  readonly label?: string;
}

/** Says one thing in the conversation, and so starts a run; not while one is at work there. */
export function StartButton({ message, workflow, label = message }: StartButtonProps) {
  const { state, actions, threadId } = useEnhancedAgent();
  const texts = useTexts();
  const isBusy = state.activeWorkflows.some((active) => active.threadId === threadId);
  const start = () => void actions.startWorkflow({ message, ...(workflow && { workflow }) });
  return (
    <span className="sergas">
      <button
        type="button"
        disabled={isBusy}
        title={isBusy ? texts.busy : undefined}
        onClick={start}
        className="button-primary h-8 px-3"
      >
        <Play aria-hidden size={13} />
        {label}
      </button>
    </span>
  );
}
