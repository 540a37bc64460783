import { expect, test } from "vitest";
import { type Run, runSchema } from "../../src/client/api-schema";
import { routeUrl } from "../../src/client/routes";
import { recordOf } from "../../src/client/run-record";

const USAGE = {
  calls: 1,
  inputTokens: 2,
  outputTokens: 3,
  totalTokens: 5,
  reasoningTokens: 0,
  cachedInputTokens: 0,
  cacheWriteInputTokens: 0,
  unpricedTokens: 0,
};
const RECORD: Run = {
  id: "r",
  threadId: "t",
  workflow: "w",
  title: "W",
  status: "failed",
  agents: ["a"],
  question: "?",
  leg: 1,
  createdAt: "2026",
  outcome: { error: { code: "c", message: "m", recoverable: true, retryAfter: 3 } },
  usage: USAGE,
};

test("a record is read as the server's document has it, with what it asks", () => {
  const interrupts = [{ id: "i", message: "May I?", metadata: { agent: "a" } }];
  const parsed = runSchema.parse({ ...RECORD, outcome: { ...RECORD.outcome, interrupts: [] } });
  const asking = runSchema.parse({ ...RECORD, outcome: { interrupts } });

  expect(recordOf(parsed)).toMatchObject({ id: "r", usage: { totalTokens: 5 } });
  expect(recordOf(parsed).outcome.error).toEqual(RECORD.outcome.error);
  expect(recordOf(asking).outcome.interrupts).toMatchObject([{ id: "i", agent: "a" }]);
});

test("what a page can do without may be wrong, what it needs may not", () => {
  expect(runSchema.parse({ ...RECORD, queuePosition: "first" }).queuePosition).toBeUndefined();
  expect(runSchema.safeParse({ ...RECORD, status: "resting" }).success).toBe(false);
});

const BASES = { runtimeUrl: "/kit", apiUrl: "https://h/api" };

test("an address stands on where the page says that the server is", () => {
  const nowhere = { path: {}, query: {} };
  expect(routeUrl(BASES, "GET /api/copilotkit/threads", nowhere)).toBe("/kit/threads");
  expect(routeUrl(BASES, "GET /health/enhanced", nowhere)).toBe("https://h/health/enhanced");
});

test("an address has its names escaped, and its lists repeated", () => {
  const place = { path: { run_id: "a/b", agent: "c d" }, query: {} };
  expect(routeUrl(BASES, "POST /api/runs/{run_id}/agents/{agent}/cancel", place)).toBe(
    "https://h/api/runs/a%2Fb/agents/c%20d/cancel",
  );
  const query = { status: ["failed", "queued"], limit: 2 } as const;
  expect(routeUrl(BASES, "GET /api/runs", { path: {}, query })).toBe(
    "https://h/api/runs?status=failed&status=queued&limit=2",
  );
});
