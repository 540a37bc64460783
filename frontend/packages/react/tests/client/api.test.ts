import { expect, test } from "vitest";
import type { Run, RunPage } from "../../src/client/api-schema";
import { routeUrl } from "../../src/client/routes";
import { type RunRecord, runRecordSchema } from "../../src/client/run-record";

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

/** Does not compile when the page reads a field otherwise than the document promises it. */
function known({ outcome, usage, ...plain }: Run): Omit<RunRecord, "outcome" | "usage"> {
  return { ...plain, agents: [...plain.agents] };
}

test("a record as the server's document has it is read whole", () => {
  const page: RunPage = { runs: [RECORD], nextCursor: null };

  const [record] = page.runs.map((one) => runRecordSchema.parse(one));

  expect(record?.outcome?.error).toEqual(RECORD.outcome.error);
  expect(record).toMatchObject({ id: "r", usage: { totalTokens: 5 } });
  expect(known(RECORD)).toMatchObject({ id: "r" });
});

test("an address has its names escaped, and its lists repeated", () => {
  const place = { path: { run_id: "a/b", agent: "c d" }, query: {} };
  expect(routeUrl("/x", "POST /api/runs/{run_id}/agents/{agent}/cancel", place)).toBe(
    "/x/runs/a%2Fb/agents/c%20d/cancel",
  );
  const query = { status: ["failed", "queued"], limit: 2 } as const;
  expect(routeUrl("https://h/api", "GET /api/runs", { path: {}, query })).toBe(
    "https://h/api/runs?status=failed&status=queued&limit=2",
  );
});
