/** What models were used, and what a run may use. */
import { z } from "zod";

export const usageSchema = z.object({
  calls: z.number().catch(0),
  inputTokens: z.number().catch(0),
  outputTokens: z.number().catch(0),
  totalTokens: z.number().catch(0),
  unpricedTokens: z.number().catch(0),
  /** Missing when no call has a known price. */
  costUsd: z.number().optional(),
});
export type Usage = z.infer<typeof usageSchema>;

export const budgetSchema = z.object({
  tokens: z.number().optional(),
  costUsd: z.number().optional(),
  toolCalls: z.number().optional(),
  seconds: z.number().optional(),
});
export type Budget = z.infer<typeof budgetSchema>;
export type BudgetLimit = keyof Budget;
