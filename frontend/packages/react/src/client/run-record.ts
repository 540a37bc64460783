/** A run as the server lists it, with what it asks of a person. */
import { z } from "zod";
import type { Outcome, Run, RunStatus, Usage } from "./api-schema";
import { type Interrupt, interruptSchema } from "./interrupts";

export interface RunRecord extends Omit<Run, "outcome" | "usage" | "leg"> {
  /** Undefined while only the run's stream has told of it. */
  readonly usage: Usage | undefined;
  readonly outcome: Omit<Outcome, "interrupts"> & { readonly interrupts: readonly Interrupt[] };
}

const interruptsSchema = z.array(interruptSchema).catch([]);

export function recordOf({ outcome, leg: _, ...run }: Run): RunRecord {
  return {
    ...run,
    outcome: { ...outcome, interrupts: interruptsSchema.parse(outcome.interrupts) },
  };
}

export function isActive(status: RunStatus): boolean {
  return status === "queued" || status === "running";
}
