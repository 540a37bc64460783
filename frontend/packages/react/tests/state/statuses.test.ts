import { expect, test } from "vitest";
import { runStatusSchema } from "../../src/client/api-schema";
import type { AgUiEvent } from "../../src/client/events";
import { isActive } from "../../src/client/run-record";
import { agentViews } from "../../src/state/agent-views";
import { canRetry, retryAdvice } from "../../src/state/retry-advice";
import { TEXTS } from "../../src/state/texts";
import { agentWords, runWords } from "../../src/state/words";
import { agentStateSchema } from "../../src/state/workflow-status";
import { agentIs, folded, OPENING, runIs } from "./sample-run";

test.each(runStatusSchema.options)("a run that is %s is shown as that", (status) => {
  const run = folded([...OPENING, runIs(status)]);

  expect(run.status).toBe(status);
  expect(runWords(status).label).toBe(TEXTS.run[status]);
  expect(isActive(status)).toBe(["queued", "running"].includes(status));
  expect(canRetry(status)).toBe(["failed", "cancelled"].includes(status));
  expect(retryAdvice(status, 1) === undefined).toBe(!canRetry(status));
});

test("only what has finished well is painted as such", () => {
  const well = runStatusSchema.options.filter((status) => runWords(status).tone === "ok");
  const done = agentStateSchema.options.filter((status) => agentWords(status).tone === "ok");

  expect([well, done]).toEqual([["completed"], ["completed"]]);
});

test.each(agentStateSchema.options)("an agent that is %s is shown as that", (status) => {
  const [scout] = agentViews(folded([...OPENING, agentIs("scout", status)]));

  expect(scout?.status).toBe(status);
  expect(agentWords(status).label).toBe(TEXTS.agent[status]);
});

const STARTED = OPENING.slice(0, 1);
const ENDS: readonly (readonly [string, AgUiEvent])[] = [
  ["completed", { type: "RUN_FINISHED" }],
  ["completed", { type: "RUN_FINISHED", outcome: { type: "success" } }],
  ["interrupted", { type: "RUN_FINISHED", outcome: { type: "interrupt", interrupts: [] } }],
  ["cancelled", { type: "RUN_FINISHED", outcome: { type: "cancelled" } }],
  ["cancelled", { type: "RUN_FINISHED", metadata: { cancelled: true } }],
  ["failed", { type: "RUN_ERROR", message: "Away." }],
];

test.each(ENDS)("a run is %s by its last event alone", (status, end) => {
  expect(folded([...STARTED, end]).status).toBe(status);
});

test("a run that is answered goes on, and asks nothing any more", () => {
  const asked = { id: "q", reason: "r", message: "May I?", agent: "a" };
  const interrupt = { ...asked, expiresAt: undefined, details: undefined };
  const end: AgUiEvent = {
    type: "RUN_FINISHED",
    outcome: { type: "interrupt", interrupts: [interrupt] },
  };
  const waiting = folded([...OPENING, end]);
  const answered = folded([...OPENING, end, ...STARTED]);

  expect(waiting.interrupts).toHaveLength(1);
  expect(answered).toMatchObject({ status: "running", interrupts: [] });
});
