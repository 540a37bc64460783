/** What a run has used of what it may use. */
import type { Usage } from "../client/api-schema";
import type { Budget, BudgetLimit } from "../client/budget";
import type { RunView } from "./run-view";

export interface BudgetShare {
  readonly limit: BudgetLimit;
  readonly allowed: number;
  readonly used: number;
  /** 0 to 1; a run may end a little above its limit. */
  readonly share: number;
}

export interface BudgetView {
  /** Undefined while no model was called. */
  readonly usage: Usage | undefined;
  readonly limits: Budget;
  readonly shares: readonly BudgetShare[];
  /** The server's warnings, each limit once. */
  readonly warnings: readonly string[];
}

const LIMITS: readonly BudgetLimit[] = ["tokens", "costUsd", "toolCalls", "seconds"];

export function budgetView(run: RunView | undefined, now: number): BudgetView {
  const workflow = run?.workflow;
  const limits = workflow?.budget ?? {};
  const used: Readonly<Record<BudgetLimit, number>> = {
    tokens: workflow?.usage?.totalTokens ?? 0,
    costUsd: workflow?.usage?.costUsd ?? 0,
    toolCalls: run?.tools.length ?? 0,
    seconds: workedS(workflow?.startedAt, workflow?.finishedAt ?? now),
  };
  const shares = LIMITS.flatMap((limit) => {
    const allowed = limits[limit];
    if (allowed === undefined) return [];
    const share = allowed === 0 ? 1 : Math.min(1, used[limit] / allowed);
    return [{ limit, allowed, used: used[limit], share }];
  });
  const warnings = workflow?.warnings.map(({ message }) => message) ?? [];
  return { usage: workflow?.usage, limits, shares, warnings };
}

/** As seen from outside: what the run waited for a person is in it. */
function workedS(startedAt: number | undefined, until: number): number {
  return startedAt === undefined ? 0 : Math.max(0, Math.round((until - startedAt) / 1000));
}
