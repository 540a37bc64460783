import { expect, test } from "vitest";
import type { AgUiEvent } from "../../src/client/events";
import { agentViews } from "../../src/state/agent-views";
import { reduceRun } from "../../src/state/reduce-run";
import { emptyRun } from "../../src/state/run-view";
import { speakerOf } from "../../src/state/speaker";
import { axisMarks, timelineOf } from "../../src/state/timeline";
import { ATTEMPTS, agentIs, folded, logged, OPENING, progress, runIs } from "./sample-run";

const FINISHED: AgUiEvent = { type: "RUN_FINISHED" };
const CANCELLED: AgUiEvent = { type: "RUN_FINISHED", outcome: { type: "cancelled" } };

const ENDS: readonly [string, readonly AgUiEvent[], string][] = [
  ["nothing yet", [], "running"],
  ["success", [FINISHED], "completed"],
  ["success after the activity said so", [runIs("completed"), FINISHED], "completed"],
  ["cancelled in AG-UI 1.0", [CANCELLED], "cancelled"],
  [
    "cancelled in CopilotKit's dialect",
    [{ type: "RUN_FINISHED", metadata: { cancelled: true } }],
    "cancelled",
  ],
  ["cancelled in the activity", [runIs("cancelled"), FINISHED], "cancelled"],
  ["an interrupt", [{ type: "RUN_FINISHED", outcome: { type: "interrupt" } }], "interrupted"],
  ["an error", [{ type: "RUN_ERROR", message: "It broke.", code: "agent_failed" }], "failed"],
];

test.each(ENDS)("a run that ended with %s", (_, events, status) => {
  expect(folded([...OPENING, ...events]).status).toBe(status);
});

test("an interrupted run that goes on is running again", () => {
  const answered = [...OPENING, { type: "RUN_FINISHED", outcome: { type: "interrupt" } } as const];

  const run = folded([...answered, { type: "RUN_STARTED", threadId: "thread-1", runId: "run-1" }]);

  expect(run.status).toBe("running");
});

test("an error is kept with its code and whether it can be recovered from", () => {
  const run = folded([
    ...OPENING,
    { type: "RUN_ERROR", message: "No.", code: "crm_down", metadata: { recoverable: true } },
  ]);

  expect(run.fault).toEqual({ message: "No.", code: "crm_down", isRecoverable: true });
});

test.each([50, 75, 100])("progress of %i %% is taken from the activity", (percent) => {
  expect(folded([...OPENING, progress(percent)]).workflow?.progress).toBe(percent);
});

test("state snapshots and deltas keep the shared state", () => {
  const run = folded([
    ...OPENING,
    { type: "STATE_DELTA", delta: [{ op: "add", path: "/brief", value: { method: "rules" } }] },
  ]);

  expect(run.state).toEqual({ workflow: { workflow_progress: 0 }, brief: { method: "rules" } });
});

test("attempts, tool calls and texts belong to their agent", () => {
  const [scout, author] = agentViews(
    folded([...OPENING, ...ATTEMPTS, agentIs("scout", "completed")]),
  );

  expect(scout).toMatchObject({ name: "scout", title: "CRM scout", status: "completed" });
  expect(scout?.attempts.map(({ outcome }) => outcome)).toEqual(["failed", "completed"]);
  expect(scout?.attempts[0]?.fault?.message).toBe("The CRM was away.");
  expect(scout?.lastLine).toBe("Halvorsen Freight.");
  expect(scout?.tools).toMatchObject([
    {
      name: "crm_find_account",
      args: '{"ref":"ACC-001"}',
      result: '{"id":"5"}',
      executionMs: 12.5,
    },
  ]);
  expect(author).toMatchObject({ status: "initializing", tools: [], attempts: [] });
});

test("an event that was folded in already changes nothing", () => {
  const events = logged([...OPENING, ...ATTEMPTS]);
  const once = events.reduce(reduceRun, emptyRun("run-1"));

  expect(events.reduce(reduceRun, once)).toEqual(once);
});

test("any split of a log folds to the same view", () => {
  const events = logged([...OPENING, ...ATTEMPTS, FINISHED]);
  const whole = events.reduce(reduceRun, emptyRun("run-1"));

  for (let cut = 0; cut <= events.length; cut += 1) {
    const first = events.slice(0, cut).reduce(reduceRun, emptyRun("run-1"));
    const overlapping = events.slice(Math.max(0, cut - 3));
    expect(overlapping.reduce(reduceRun, first)).toEqual(whole);
  }
});

test("the timeline places bars and ticks within the time of the run", () => {
  const agents = agentViews(folded([...OPENING, ...ATTEMPTS]));

  const { spanMs, lanes } = timelineOf(agents, 1000, 5000);

  expect(spanMs).toBe(4000);
  expect(lanes[0]?.bars).toMatchObject([
    { attempt: 1, outcome: "failed", from: 0, to: 0.25 },
    { attempt: 2, outcome: "completed", from: 0.5, to: 1 },
  ]);
  expect(lanes[0]?.ticks).toMatchObject([{ name: "crm_find_account", at: 0.125 }]);
  expect(lanes[1]?.bars).toEqual([]);
});

test.each([
  [1000, [0, 250, 500, 750, 1000]],
  [4900, [0, 2000, 4000]],
  [29_000, [0, 10_000, 20_000]],
])("a span of %i ms is marked at %j", (spanMs, marks) => {
  expect(axisMarks(spanMs)).toEqual(marks);
});

test("a speaker has the title that the run gives the agent, else a readable name", () => {
  const runs = { "run-1": folded(OPENING) };

  expect(speakerOf("run-1:scout:2", runs)).toBe("CRM scout");
  expect(speakerOf("run-2:memory_analyst:1", runs)).toBe("Memory analyst");
  expect(speakerOf(undefined, runs)).toBeUndefined();
});

test("what an agent asks another one for is shown as its own work", () => {
  const asked = { name: "helper", parentSubagentRunId: "run-1:scout:1" };
  const run = folded([
    ...OPENING,
    ...ATTEMPTS.slice(0, 1),
    { type: "SUBAGENT_STARTED", subagentRunId: "run-1:scout:1/1", ...asked },
    { type: "TEXT_MESSAGE_START", messageId: "m", subagentRunId: "run-1:scout:1/1" },
    {
      type: "TOOL_CALL_START",
      toolCallId: "c",
      toolCallName: "find",
      subagentRunId: "run-1:scout:1/1",
    },
    { type: "SUBAGENT_ERROR", subagentRunId: "run-1:scout:1/1", message: "It broke." },
  ]);

  expect(run.attempts.map(({ id, outcome }) => [id, outcome])).toEqual([
    ["run-1:scout:1", "running"],
  ]);
  expect(run.messages.at(-1)?.agent).toBe("scout");
  expect(run.tools.at(-1)).toMatchObject({ agent: "scout", attemptId: "run-1:scout:1" });
});
