import { interruptSchema } from "../client/interrupts";
import type { Json } from "../client/json";
import { useLiveRuns } from "../hooks/live-runs";
import { withArguments } from "../state/question";
import { ApprovalCard } from "./approval-card";

export interface InterruptCardProps {
  /** What CopilotKit's `useInterrupt` has. */
  readonly interrupt: unknown;
  /** CopilotKit's `resolve` and `cancel`. */
  readonly onAnswer: (payload: Json) => unknown;
  readonly onCancel: () => unknown;
}

/** A question in a chat, asked as the dashboard asks it. */
export function InterruptCard({ interrupt, onAnswer, onCancel }: InterruptCardProps) {
  const { runs } = useLiveRuns().state;
  const parsed = interruptSchema.safeParse(interrupt);
  if (!parsed.success) return null;
  const tools = Object.values(runs).flatMap((run) => run.tools);
  return (
    <ApprovalCard
      interrupt={withArguments(parsed.data, tools)}
      onAnswer={(answer) => (answer.status === "resolved" ? onAnswer(answer.payload) : onCancel())}
    />
  );
}
