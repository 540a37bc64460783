import { expect, test } from "vitest";
import { thinkingWords, usageWords } from "../../src/state/words";
import { workflowStatusSchema } from "../../src/state/workflow-status";

test.each([
  [{ totalTokens: 1, costUsd: 0, unpricedTokens: 0 }, "1 token · $0.00"],
  [{ totalTokens: 27_100, costUsd: 0.0542, unpricedTokens: 0 }, "27,100 tokens · $0.0542"],
  [{ totalTokens: 300, costUsd: 0.002, unpricedTokens: 100 }, "300 tokens · at least $0.0020"],
  [{ totalTokens: 300, unpricedTokens: 300 }, "300 tokens · price unknown"],
])("usage reads as tokens and what is known of the cost", (usage, text) => {
  expect(usageWords(usage)).toBe(text);
});

test("a run names each model and runtime once", () => {
  const agent = { status: "running" };
  const workflow = workflowStatusSchema.parse({
    workflowId: "run-1",
    status: "running",
    agents: {
      a: { ...agent, name: "a", runtime: "messages", model: "glm-5.3" },
      b: { ...agent, name: "b", runtime: "messages", model: "glm-5.3" },
      c: { ...agent, name: "c", runtime: "rules" },
      d: { ...agent, name: "d" },
    },
  });

  expect(thinkingWords(workflow)).toBe("glm-5.3 (messages), rules, no model");
});
