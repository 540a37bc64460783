import { interruptSchema } from "../client/interrupts";
import { useLiveRuns } from "../hooks/live-runs";
import { withArguments } from "../state/question";
import { ApprovalCard, type Decision } from "./approval-card";

export interface InterruptCardProps {
  /** What CopilotKit's `useInterrupt` has. */
  readonly interrupt: unknown;
  readonly onAnswer: (decision: Decision) => unknown;
}

/** A question in a chat, asked as the dashboard asks it. */
export function InterruptCard({ interrupt, onAnswer }: InterruptCardProps) {
  const { runs } = useLiveRuns().state;
  const parsed = interruptSchema.safeParse(interrupt);
  if (!parsed.success) return null;
  const tools = Object.values(runs).flatMap((run) => run.tools);
  return <ApprovalCard interrupt={withArguments(parsed.data, tools)} onAnswer={onAnswer} />;
}
