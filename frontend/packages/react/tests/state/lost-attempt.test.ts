import { expect, test } from "vitest";
import { lostAttempt, parseSubagentRunId } from "../../src/state/lost-attempt";
import { retryAdvice } from "../../src/state/retry-advice";
import { parseWorkflowStatus } from "../../src/state/workflow-status";
import { ATTEMPTS, agentIs, folded, OPENING } from "./sample-run";

const RUN = folded([...OPENING, ...ATTEMPTS]);

function card(status: string, attempt: number) {
  const agents = { scout: { name: "scout", status, attempt } };
  return parseWorkflowStatus({ workflowId: "run-1", status: "failed", agents });
}

test("a subagent run's id is taken apart, whatever the run's id holds", () => {
  expect(parseSubagentRunId("a:b:scout:2")).toEqual({ runId: "a:b", agent: "scout", attempt: 2 });
  expect(parseSubagentRunId("a:scout:2/1/3")).toEqual({ runId: "a", agent: "scout", attempt: 2 });
  expect(parseSubagentRunId("scout")).toBeUndefined();
  expect(parseSubagentRunId(undefined)).toBeUndefined();
});

test("the log tells which attempt failed", () => {
  expect(lostAttempt("run-1:scout:1", RUN, undefined)).toEqual({ attempt: 1, outcome: "failed" });
  expect(lostAttempt("run-1:scout:1/2", RUN, undefined)?.outcome).toBe("failed");
  expect(lostAttempt("run-1:scout:2", RUN, undefined)).toBeUndefined();
});

test("the last attempt of an agent that was stopped is stopped, not failed", () => {
  const run = folded([...OPENING, ...ATTEMPTS.slice(0, 6), agentIs("scout", "cancelled")]);

  expect(lostAttempt("run-1:scout:1", run, undefined)?.outcome).toBe("stopped");
});

test.each([
  ["completed", 3, 1, "failed"],
  ["completed", 3, 3, undefined],
  ["error", 3, 3, "failed"],
  ["cancelled", 2, 2, "stopped"],
  ["cancelled", 2, 1, "failed"],
])(
  "without a log the card tells: %s at attempt %i, message of %i",
  (status, now, said, outcome) => {
    const lost = lostAttempt(`run-1:scout:${said}`, undefined, card(status, now));

    expect(lost?.outcome).toBe(outcome);
  },
);

test("a retry is offered with what it keeps", () => {
  expect(retryAdvice("failed", 0)).toBe("Retry runs all agents again.");
  expect(retryAdvice("cancelled", 2)).toContain("keeps what 2 agents finished");
  expect(retryAdvice("completed", 2)).toBeUndefined();
});
