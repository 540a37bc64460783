import { expect, test } from "vitest";
import { EMPTY_DASHBOARD, reduceDashboard } from "../../src/state/dashboard";
import { keptRuns } from "../../src/state/kept-runs";
import { emptyRun, type RunView } from "../../src/state/run-view";

function run(runId: string, threadId: string, status: RunView["status"] = "completed"): RunView {
  return { ...emptyRun(runId), threadId, status };
}

function runsOf(...views: readonly RunView[]): Record<string, RunView> {
  return Object.fromEntries(views.map((view) => [view.runId, view]));
}

const MANY = Array.from({ length: 30 }, (_, number) => run(`r${number}`, `t${number}`));

test("of finished runs of other threads the newest few are kept", () => {
  const kept = Object.keys(keptRuns(runsOf(...MANY), "new"));

  expect(kept).toEqual(MANY.slice(-8).map(({ runId }) => runId));
});

test("every run of the opened thread is kept", () => {
  const own = Array.from({ length: 30 }, (_, number) => run(`own${number}`, "t"));

  const kept = Object.keys(keptRuns(runsOf(...own, ...MANY), "t"));

  expect(kept.slice(0, 30)).toEqual(own.map(({ runId }) => runId));
});

test.each(["queued", "running", "interrupted"] as const)("a run that is %s is kept", (status) => {
  const kept = keptRuns(runsOf(run("open", "other", status), ...MANY), "t");

  expect(kept.open?.status).toBe(status);
});

test("nothing changes while there are few", () => {
  const runs = runsOf(...MANY.slice(0, 8));

  expect(keptRuns(runs, "t")).toBe(runs);
});

test("opening threads one after the other does not keep all of them", () => {
  let state = EMPTY_DASHBOARD;

  for (const view of MANY) {
    state = { ...state, runs: { ...state.runs, [view.runId]: view } };
    state = reduceDashboard(state, { type: "thread-opened", threadId: view.threadId });
  }

  expect(Object.keys(state.runs)).toHaveLength(9);
});
