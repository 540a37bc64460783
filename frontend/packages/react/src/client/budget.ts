/** What a run may use, as its stream tells it. */
import { z } from "zod";

export const budgetSchema = z.object({
  tokens: z.number().optional(),
  costUsd: z.number().optional(),
  toolCalls: z.number().optional(),
  seconds: z.number().optional(),
});
export type Budget = z.infer<typeof budgetSchema>;
export type BudgetLimit = keyof Budget;
